// Registers <lottery-ticket> and its figures on a page that is not ours.
import '../define.js';

export { CONFIG_ATTRIBUTES, LotteryTicket } from '../lottery-ticket.js';
export { useHome } from '../engine/home.js';
