import 'lottery-ticket/define';

const output = document.querySelector('output');

document.addEventListener('lt-round', ({ detail }) => {
  output.textContent = `${detail.arm}, round ${detail.round}: ${detail.testAccuracyEarlyStop.toFixed(1)} %`;
});
