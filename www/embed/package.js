// What the package gives without registering anything: not even the figures, which `lottery-ticket/figures` registers.
export { CONFIG_ATTRIBUTES, LotteryTicket } from '../lottery-ticket.js';
export { useHome } from '../engine/home.js';
