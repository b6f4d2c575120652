// What the package gives without registering anything.
export { CONFIG_ATTRIBUTES, LotteryTicket } from '../lottery-ticket.js';
export { useHome } from '../engine/home.js';
