// Registers <lottery-ticket> and the figures that it shows.
import './figures/index.js';
import { LotteryTicket } from './lottery-ticket.js';

if (!customElements.get('lottery-ticket')) customElements.define('lottery-ticket', LotteryTicket);
