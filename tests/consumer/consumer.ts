// What somebody writes who installed the package: strict, and with its own declarations checked.
import 'lottery-ticket/define';
import 'lottery-ticket/figures';
import { CONFIG_ATTRIBUTES, LotteryTicket, useHome } from 'lottery-ticket';

useHome('/lottery-ticket/');
const element: LotteryTicket = document.createElement('lottery-ticket');
element.figure = CONFIG_ATTRIBUTES.includes('figure') ? null : 'race';
element.theme = 'dark';

element.addEventListener('lt-ready', ({ detail }) => void element.configure({ seed: detail.config.seed }));
element.addEventListener('lt-round', ({ detail }) => console.log(detail.arm, detail.testAccuracyEarlyStop?.toFixed(1)));
element.addEventListener('lt-rewind', ({ detail: { kind, round } }) => console.log(kind === 'lr-rewind', round + 1));
document.addEventListener('lt-error', ({ detail }) => console.error(detail.message.length));
addEventListener('lt-statechange', ({ detail }) => console.log(detail.phase === element.state?.phase));
// @ts-expect-error: there is no such detail
element.addEventListener('lt-prune', ({ detail }) => detail.nothing);

// @ts-expect-error: nobody's business
void element._exhibit;

customElements.define('my-ticket', class extends LotteryTicket {});
void element.exportTicket({ form: 'sparse' }).then((file) => file?.byteLength);
// @ts-expect-error: there is no such figure
element.figure = 'rase';
