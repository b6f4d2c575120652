/**
 * The lesson in English. `{name}` stands for a number taken from the run that is shown, so that no sentence can disagree with its
 * figure; `[name]` is a source, numbered as in the list at the end of the page; `((of several seeds))` is left out
 * where only one is shown.
 */
export default {
  cite: 'Source',
  steps: 'Steps',
  stepOf: 'Step {n} of {count}',
  next: 'Next: {title}',
  lastNext: 'Go on to the laboratory',
  do: 'Do',
  watch: 'Watch',
  isDone: 'done',

  run: 'Run it on this machine',
  runAgain: 'Run it again, with a new seed',
  pause: 'Pause the run',
  resume: 'Resume the run',
  stop: 'Back to the recorded run',
  recorded: 'Recorded run: {date}, {seeds} seeds, preset {preset}.',
  recordedShort: 'Recorded {date}, {seeds} seeds',
  recordedMore:
    'Curves and pictures show seed {seed}; bands and means are over all {seeds}. {examples} training images, {steps} steps a round, {rounds} rounds.',
  liveDone: 'Your run: seed {seed}, {seconds} s on this machine.',
  sameBits: 'The same ticket as the recorded one, to the last bit.',
  loading: 'Fetching data …',
  running: 'Round {round} of {rounds}',
  left: '{seconds} s left',
  failedRun: 'The run stopped: {message}',
  noRecording: 'The recorded run is missing: {message}',

  guessButton: 'Show what happened',
  guessSkip: 'Show me without a guess',
  guessFirst: 'Your guess first.',
  guessAgain: 'Guess again',
  yourGuess: 'Your guess',
  outcome: 'What happened',
  sketchHelp: 'Drag the points up or down, or use the arrow keys.',
  sketchPoint: 'Your guess at {remaining} remaining',
  sketchResult: 'Your line is {points} points away on average.',
  guessOff: 'You said {guess}. It was {outcome}.',
  guessSpread: '{seeds} seeds: {min} to {max}.',

  round: 'Round',
  remaining: '{percent} remaining',
  roundText: 'Round {round}: {percent} of the connections, {count}',
  heroDense: 'dense network',
  heroTicket: 'ticket',
  heroControl: 'same wires, new numbers',
  heroCaption: 'test accuracy, mean of {seeds} seeds',
  heroCaptionOne: 'test accuracy, one seed',
  heroSlider: 'Round shown in the picture',

  rewindButton: 'Put the weights back',
  rewindAgain: 'Forward to trained',
  oneSeed: 'One seed',
  allSeeds: 'All {seeds} seeds',
  smallTitle: 'Test accuracy at early stop',
  smallCaption:
    'From {from} to {to}. Dots: mean over {seeds} seeds; bands: lowest to highest.',
  savesBytes: 'Size of the saved network',
  savesRate: 'Training speed',
  savesRecorded: 'Speeds: natively on one core, as recorded.',
  savesHere: 'Speeds: here, beside the controls.',
  perSecond: '{rate} images/s',
  kilobytes: '{kb} kB',
  denseName: 'dense, {count} connections',
  ticketName: 'ticket, {count} connections',
  smallName: 'born with {count} connections ({sizes})',
  samplesNote: 'Survivors are shown more densely than the others.',
  agesNote: 'Only connections that reached round {round} are on record.',
  recordedNote: 'From the recorded run.',
  raceNote: 'Curves: validation images. Numbers in the text: test images((, mean of {seeds} seeds)).',
  drawnNote: 'The recorded run cannot read what you draw: run it on this machine.',
  differNote: 'The first test image on which ticket and control answer differently.',

  digits: {
    title: 'A network that reads digits',
    body: `<p>It gets a picture of 28 × 28 pixels and answers with ten numbers: how sure it is of each digit. It learnt from {examples} handwritten digits of MNIST[mnist].</p>
      <p>On images that it has never seen, it is right {dense} of the time.</p>`,
    do: 'Pick another digit.',
    watch: 'the ten bars of the dense network, and where it hesitates.',
  },
  connections: {
    title: 'All it knows is {total} numbers',
    body: `<p>Every pixel is wired to each of 300 units, each of these to 100 more, and those to the ten digits. Every wire has a <em>weight</em>: a number, positive or negative.</p>
      <p>That is every connection there could be. Drawn at once, they are a haze.</p>`,
    do: 'Point at a unit, tap it, or reach it with the keyboard.',
    watch: 'how many wires a single unit has.',
  },
  train: {
    title: 'Training moves the numbers',
    body: `<p>At birth the weights are random[glorot]; call them <math><msub><mi>θ</mi><mn>0</mn></msub></math>. Then, {steps} times over: show {batch} images, see how wrong the answers are, move each weight a little[adam]. What comes out is <math><msub><mi>θ</mi><mi>T</mi></msub></math>.</p>
      <p>{validation} images are kept aside to watch progress. The step at which the loss on them is lowest is called <em>early stop</em>. The earlier, the faster it learns.</p>`,
    do: 'Change the measure.',
    watch: 'how fast it learns at first, and how little at the end.',
  },
  prune: {
    title: 'Throw away the smallest',
    body: `<p>After training, most weights are close to zero. A small weight hardly changes any answer. So: remove the smaller {rate} of each layer, half that share of the last, and keep them at zero[obd][han].</p>
      <p>What stays is the <em>mask</em> <math><mi>m</mi></math>: for each weight, keep or remove. The network is now <math><mi>m</mi><mo>⊙</mo><msub><mi>θ</mi><mi>T</mi></msub></math>.</p>`,
    do: 'Drag the cut.',
    watch: 'how many connections would go, and how small they are.',
  },
  rewind: {
    title: 'Rewind',
    body: `<p>Here is the odd idea[lth]. Do not go on with the trained weights. Put every survivor back to <strong>the very number it was born with</strong>:</p>
      <math display="block"><mi>m</mi><mo>⊙</mo><msub><mi>θ</mi><mn>0</mn></msub></math>
      <p>The mask together with those birth values is the <em>ticket</em>. Nothing it learnt is left, except which connections are there. The picture is {rounds} rounds ahead, where single connections can be seen.</p>`,
    do: 'Press <em>Put the weights back</em>.',
    watch: 'the colours: {sameSign} of the survivors keep the sign they were born with.',
  },
  again: {
    title: 'Again and again',
    body: `<p>Train the ticket. Prune again. Rewind again. Each turn is a <em>round</em>. To end at a share <math><mi>P</mi></math> after <math><mi>n</mi></math> rounds, each round keeps</p>
      <math display="block"><msup><mi>P</mi><mrow><mn>1</mn><mo>/</mo><mi>n</mi></mrow></msup></math>
      <p>of what the last one left. Here {rounds} rounds lead from {total} connections to {lastCount}.</p>`,
    do: 'Go through the rounds.',
    watch: 'the haze turn into wires.',
  },
  ticket: {
    title: 'Can so little still learn?',
    body: `<p>{lastCount} connections are left: {last}. They are back at their birth values, so the network knows nothing again. It gets the same {steps} steps on the same images in the same order.</p>`,
    do: 'Make a guess. The dense network reaches {dense}.',
    question: 'How many of the test images will the ticket read?',
    watch: 'the two curves; then choose a round with more left: some tickets rise above the whole network.',
    after: `<p>The ticket reads {ticket}. With {bestRemaining} left it reads {best}; the whole network reads {dense}.</p>`,
  },
  control: {
    title: 'The wires, or the numbers?',
    body: `<p>Perhaps any network with these wires would learn as well. So here is the control: <strong>the same connections, with fresh random numbers</strong> from the same distribution. Same batches, same steps, side by side.</p>`,
    do: 'Make a guess. The ticket reached {ticket}.',
    question: 'What will the same wires with new numbers reach?',
    watch: 'the two curves in the first few hundred steps.',
    after: `<p>{control}: {gap} points below the ticket(( on average, and below it on {wins} of {seeds} seeds)). So it is not the wires alone. Wires and birth values belong together: the <em>winning ticket</em>[lth].</p>
      <p class="small">Honestly: few steps make the gap large, because the ticket learns faster than the control. Over 50,000 steps, as in the paper, it is about half a point with 21% left[lth], and one point with 3.6% left[replication].</p>`,
  },
  ladder: {
    title: 'How far can one go?',
    body: `<p>Each round is one point: how much is left, and how well it reads. The axis is logarithmic, since every round takes a share of what is there.</p>`,
    do: 'Draw the ticket’s line before you see it.',
    question: 'Test accuracy of the ticket, round by round',
    watch: 'where the ticket leaves the dense network’s level, and where the control does.',
    after: `<p>The ticket holds for a long way, then it breaks: at {last} it is {lossLast} points from the dense network. The control falls behind much sooner.</p>`,
  },
  once: {
    title: 'Once, or again and again?',
    body: `<p>Rounds are slow: every one is a whole training. One could train once, prune to {last} in a single cut, rewind, and be done. That is <em>one-shot</em> pruning.</p>`,
    do: 'Make a guess. The iterative ticket reached {ticket}.',
    question: 'What will the one-shot ticket of the same size reach?',
    watch: 'the distance between the two lines as less remains.',
    after: `<p>One-shot: {oneShot}. With much left the two are alike; the smaller the ticket, the more the rounds pay. After each, training shows anew which connections matter.</p>`,
  },
  survives: {
    title: 'What survives?',
    body: `<p>A pixel in the corner is black in every image. It says nothing, and magnitude finds that out by itself. Units can die too: with no wire in or none out, they take no part.</p>`,
    do: 'Make a guess, then choose a round.',
    question: 'Of 784 pixels, how many have lost every connection in the last ticket?',
    watch: 'the shape that the survivors draw, beside the average digit.',
    after: `<p>{deadPixels} pixels are unplugged, and {deadUnits} of 400 hidden units are dead(( on average)). In the atlas, each small square is one unit’s 28 × 28 wires, coloured by how many rounds they lived.</p>`,
  },
  born: {
    title: 'Born lucky?',
    body: `<p>The winning ticket was there before training: mask and birth values. So test it <em>before</em> training. Take the untrained dense network, keep only the survivors, change no number. Ten digits: chance is 10%.</p>`,
    do: 'Make a guess.',
    question: 'How many test images does the last ticket read, untrained?',
    watch: 'the survivors: they avoid a birth value of zero.',
    after: `<p>{untrained}, without a single step of training. The mask itself has learnt: it keeps what already pointed the right way[zhou]. That is why the birth values matter. New numbers point anywhere.</p>`,
  },
  large: {
    title: 'Then why start large?',
    body: `<p>If {lastCount} connections are enough, why not be born with that many? Here is a small network, fully connected, of about the same number of weights, trained in the same way.</p>`,
    do: 'Make a guess. The ticket reached {ticket}.',
    question: 'What does a network born with {smallCount} connections reach?',
    watch: 'the two small ones: same size, other birth.',
    after: `<p>{small}. A large network is a drum with many tickets in it: the more possible connections, the likelier a lucky set among them[lth]. Theory agrees in the limit: a large enough random network contains a good small one with no training at all[malach].</p>`,
  },
  saves: {
    title: 'What does it save?',
    body: `<p>A pruned weight is zero. It need not be stored, and a zero need not be multiplied. Most programs multiply it anyway; the engine of this page skips it.</p>`,
    do: 'Make a guess.',
    question: 'The dense network takes {bytesDense} on disk. And the last ticket?',
    watch: 'bytes and speed, measured.',
    after: `<p>{bytesTicket} on disk, and training is {faster} times as fast as dense. The catch: to find the ticket, the dense network had to be trained first, and every round after it.</p>`,
  },
  seeds: {
    title: 'One run proves nothing',
    body: `<p>Another seed, another network: other birth values, other batches, another ticket. A single run can show nearly anything, so the recorded run has {seeds} seeds, and bands from the lowest to the highest.</p>`,
    do: 'Switch between one seed and all.',
    watch: 'how far one line can wander inside the band.',
    after: `<p>The ticket beats the control on {wins} of {seeds} seeds, by {gapMin} to {gapMax} points. Against the dense network the differences are small, and single seeds disagree.</p>`,
  },
};
