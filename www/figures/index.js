/** All figures, defined. */
export { LtConnections } from './connections.js';
export { LtDigit } from './digit.js';
export { LtLadder } from './ladder.js';
export { LtMovement } from './movement.js';
export { LtPixels } from './pixels.js';
export { LtRace } from './race.js';
export { LtRounds } from './rounds.js';
export { LtScatter } from './scatter.js';
export { LtUnits } from './units.js';
export { LtWeights } from './weights.js';
