/** Was Rechenwerk, Sitzung und Download auf Englisch sagen, auf Deutsch. */
import { translator } from './said.de-fr.js';

export const templates = {
  // Settings: what each is, and each of its choices
  'The set of defaults for everything that is not given.': 'Die Vorgaben für alles, was nicht angegeben ist.',
  'Scaled down so that the effect shows within seconds, on every seed tried.':
    'Verkleinert, damit sich der Effekt in Sekunden zeigt, bei jedem erprobten Startwert.',
  'LeNet-300-100 on MNIST as in Frankle & Carbin (2019).': 'LeNet-300-100 auf MNIST wie bei Frankle & Carbin (2019).',
  'Decides the initial weights, the split and the order of the examples.':
    'Entscheidet über die Anfangsgewichte, die Aufteilung und die Reihenfolge der Beispiele.',
  'Which images to learn from.': 'Aus welchen Bildern gelernt wird.',
  'The 70,000 handwritten digits of MNIST.': 'Die 70.000 handgeschriebenen Ziffern von MNIST.',
  'Your own IDX files of images and labels.': 'Ihre eigenen IDX-Dateien mit Bildern und Etiketten.',
  'Number of images to train on.': 'Wie viele Bilder zum Trainieren.',
  'Number of images, apart from those, that decide the early stop.': 'Wie viele weitere Bilder über den frühen Halt entscheiden.',
  'Number of images that only measure: nothing is decided by them.': 'Wie viele Bilder nur messen: Nach ihnen wird nichts entschieden.',
  'Units per layer: pixels, hidden layers, ten digits.': 'Einheiten je Schicht: Pixel, verborgene Schichten, zehn Ziffern.',
  'The distribution of the initial weights.': 'Die Verteilung der Anfangsgewichte.',
  'Gaussian with variance 2 / (inputs + outputs) of the layer (Glorot & Bengio 2010), as in the paper.':
    'Normalverteilt mit Varianz 2 / (Eingänge + Ausgänge) der Schicht (Glorot & Bengio 2010), wie im Artikel.',
  'Gaussian with variance 2 / inputs of the layer (He et al. 2015).': 'Normalverteilt mit Varianz 2 / Eingänge der Schicht (He u. a. 2015).',
  'Images per training step.': 'Bilder je Trainingsschritt.',
  'Training steps per round.': 'Trainingsschritte je Runde.',
  'The rule that turns gradients into steps.': 'Die Regel, die aus Gradienten Schritte macht.',
  'Adam with β₁ 0.9, β₂ 0.999, ε 1e-8, as in the paper.': 'Adam mit β₁ 0,9, β₂ 0,999, ε 1e-8, wie im Artikel.',
  'Stochastic gradient descent with momentum.': 'Stochastischer Gradientenabstieg mit Impuls.',
  'Learning rate: the size of a step.': 'Lernrate: wie groß ein Schritt ist.',
  'How the learning rate changes during a round.': 'Wie sich die Lernrate in einer Runde ändert.',
  'The same learning rate at every step, as in the paper.': 'Dieselbe Lernrate bei jedem Schritt, wie im Artikel.',
  'Divided by 10 after half of the steps and again after three quarters.':
    'Nach der Hälfte der Schritte durch 10 geteilt, nach drei Vierteln noch einmal.',
  'Falls to 0 along half a cosine wave.': 'Fällt entlang einer halben Kosinuswelle auf 0.',
  'Rises from 0 over the first tenth of the steps, then stays.': 'Steigt im ersten Zehntel der Schritte von 0 an und bleibt dann.',
  'Momentum of the optimiser sgd; adam ignores it.': 'Impuls des Optimierers sgd; adam beachtet ihn nicht.',
  'Share of the surviving weights that is pruned after each round.': 'Welcher Anteil der überlebenden Gewichte nach jeder Runde entfernt wird.',
  'The same for the output layer; half of rate unless given.': 'Dasselbe für die Ausgabeschicht; ohne Angabe die Hälfte davon.',
  'A rate for each layer of its own, instead of rate and output_rate.': 'Ein eigener Anteil für jede Schicht, statt „Anteil je Runde“ und „Anteil in der Ausgabeschicht“.',
  'Percent of the weights to remain at the last round, instead of rate.': 'Wie viel Prozent der Gewichte nach der letzten Runde übrig sind, statt „Anteil je Runde“.',
  'Rounds of pruning after the dense network\'s round 0.': 'Runden des Ausdünnens nach Runde 0, dem vollen Netz.',
  'How the rounds follow each other.': 'Wie die Runden aufeinander folgen.',
  'Train, prune, restart, round after round: the paper\'s method.':
    'Trainieren, ausdünnen, neu beginnen, Runde um Runde: das Verfahren des Artikels.',
  'Train the dense network once; every round\'s mask comes from those weights.':
    'Das volle Netz einmal trainieren; jede Maske kommt aus diesen Gewichten.',
  'Prune and keep training; restart only before the last round.': 'Ausdünnen und weitertrainieren; neu begonnen wird nur vor der letzten Runde.',
  'Which weights compete with each other for survival.': 'Welche Gewichte um das Überleben konkurrieren.',
  'Each layer loses its own share, the output layer at its own rate.': 'Jede Schicht verliert ihren eigenen Anteil, die Ausgabeschicht den ihren.',
  'All weights compete, whatever their layer.': 'Alle Gewichte konkurrieren, gleich in welcher Schicht.',
  'All weights compete but the output layer\'s, which are never pruned.':
    'Alle Gewichte konkurrieren außer denen der Ausgabeschicht, die nie entfernt werden.',
  'What makes a weight worth keeping.': 'Was ein Gewicht erhaltenswert macht.',
  'Keeps the weights that are largest after training.': 'Behält die Gewichte, die nach dem Training am größten sind.',
  'Keeps the weights that were largest before training.': 'Behält die Gewichte, die vor dem Training am größten waren.',
  'Keeps the weights whose magnitude grew most.': 'Behält die Gewichte, deren Größe am meisten zunahm.',
  'Keeps the weights that moved furthest.': 'Behält die Gewichte, die sich am weitesten bewegten.',
  'Keeps weights at random: what any score must beat.': 'Behält zufällige Gewichte: was jeder Maßstab übertreffen muss.',
  'Keeps the smallest weights: the score upside down, as a control.': 'Behält die kleinsten Gewichte: der Maßstab auf den Kopf gestellt, zur Kontrolle.',
  'Keeps what the loss is most sensitive to, before training (Lee et al. 2019).':
    'Behält, worauf der Verlust vor dem Training am empfindlichsten reagiert (Lee u. a. 2019).',
  'Keeps what preserves the gradient\'s flow, before training (Wang et al. 2020).':
    'Behält, was vor dem Training den Fluss des Gradienten erhält (Wang u. a. 2020).',
  'Keeps what carries most path strength, without data (Tanaka et al. 2020).':
    'Behält, was die meiste Pfadstärke trägt, ohne Daten (Tanaka u. a. 2020).',
  'What the survivors restart from after pruning.': 'Womit die Überlebenden nach dem Ausdünnen neu beginnen.',
  'The very weights they were born with, or those after rewind_to steps.':
    'Mit genau den Gewichten ihrer Geburt, oder mit denen des Schritts, auf den zurückgespult wird.',
  'A fresh draw from the initial distribution.': 'Mit neu ausgelosten Gewichten der Anfangsverteilung.',
  'A fresh draw from the initial values of the survivors.': 'Mit Gewichten, die aus den Anfangswerten der Überlebenden ausgelost werden.',
  'The initial signs, all with one size a layer.': 'Mit den anfänglichen Vorzeichen, in jeder Schicht alle gleich groß.',
  'The initial weights with Gaussian noise added.': 'Mit den Anfangsgewichten und normalverteiltem Rauschen darauf.',
  'The trained weights, at the last learning rate.': 'Mit den trainierten Gewichten, bei der letzten Lernrate.',
  'The trained weights, with the learning rate\'s schedule from its start.': 'Mit den trainierten Gewichten, die Lernrate wieder von vorn.',
  'The step to rewind to; 0 is the very start.': 'Der Schritt, auf den zurückgespult wird; 0 ist der allererste Anfang.',
  'Size of the noise arm\'s noise, in standard deviations of the initial weights.':
    'Wie stark das Rauschen des Arms „Los mit Rauschen“ ist, in Standardabweichungen der Anfangsgewichte.',
  'Steps between two looks at the validation images.': 'Schritte zwischen zwei Messungen auf den Validierungsbildern.',
  'The lines of the experiment.': 'Die Linien des Experiments.',
  'The winning ticket: the config as it stands.': 'Das Gewinnlos: die Einstellungen, wie sie sind.',
  'Every mask from one training of the dense network.': 'Jede Maske aus einem einzigen Training des vollen Netzes.',
  'Pruned and trained on, restarted only before the last round.': 'Ausgedünnt und weitertrainiert, neu begonnen nur vor der letzten Runde.',
  'Survivors keep their trained weights.': 'Die Überlebenden behalten ihre trainierten Gewichte.',
  'Survivors keep their trained weights; the learning rate starts over.':
    'Die Überlebenden behalten ihre trainierten Gewichte; die Lernrate beginnt von vorn.',
  'Survivors rewind to an early step instead of the very start.': 'Die Überlebenden werden auf einen frühen Schritt zurückgespult statt auf den Anfang.',
  'The ticket\'s mask with freshly drawn weights: the paper\'s control.':
    'Die Maske des Loses mit neu ausgelosten Gewichten: die Kontrolle des Artikels.',
  'The ticket\'s mask with weights drawn from the survivors\' initial values.':
    'Die Maske des Loses mit Gewichten, ausgelost aus den Anfangswerten der Überlebenden.',
  'The ticket\'s mask and initial signs, all weights of one size a layer.':
    'Maske und anfängliche Vorzeichen des Loses, in jeder Schicht alle Gewichte gleich groß.',
  'The ticket with Gaussian noise on its initial weights.': 'Das Los mit normalverteiltem Rauschen auf den Anfangsgewichten.',
  'The ticket\'s mask shuffled inside each layer, with the initial weights.':
    'Die Maske des Loses, in jeder Schicht gemischt, mit den Anfangsgewichten.',
  'A random mask with the ticket\'s number of weights a layer, freshly drawn.':
    'Eine zufällige Maske mit so vielen Gewichten je Schicht wie das Los, neu ausgelost.',

  // Settings: the choices' names; those that are missing are names in every language
  'own': 'eigene Bilder',
  'constant': 'gleichbleibend',
  'step': 'in Stufen',
  'cosine': 'Kosinus',
  'warmup': 'mit Anlauf',
  'iterative': 'Runde um Runde',
  'one-shot': 'auf einen Schlag',
  'continued': 'weitertrainiert',
  'layer': 'jede Schicht für sich',
  'global': 'alle Schichten zusammen',
  'global-hidden': 'verborgene Schichten zusammen',
  'magnitude': 'Größe',
  'initial': 'anfängliche Größe',
  'increase': 'Zunahme der Größe',
  'movement': 'Bewegung',
  'random': 'Zufall',
  'smallest': 'die kleinsten',
  'rewind': 'zurückspulen',
  'reinit': 'neu auslosen',
  'reinit-survivors': 'aus Überlebenden auslosen',
  'sign': 'Vorzeichen behalten',
  'noise': 'mit Rauschen',
  'fine-tune': 'nachtrainieren',
  'lr-rewind': 'Lernrate zurückspulen',

  // Settings: the refusal of one field, and rules between fields
  '{field} must be {allowed}, but got "{text}".': '{field} verlangt [allowed], bekam aber „{text}“.',
  // A correction: what was wrong, and what is done about it; before whatever else ends with a full stop
  '{sentence} It is left out.': '[sentence] Es wird weggelassen.',
  '{sentence} The first one counts.': '[sentence] Die erste Angabe gilt.',
  '{sentence} Using the default.': '[sentence] Es gilt die Vorgabe.',
  '{sentence} Using no {field}.': '[sentence] {field} entfällt.',
  '{sentence} Using {value}.': '[sentence] Verwendet wird {value}.',
  'a whole number from {min} to {max}': 'eine ganze Zahl von {min} bis {max}',
  'a number from {min} to {max}, or left out': 'eine Zahl von {min} bis {max} oder gar keine Angabe',
  'a number from {min} to {max}': 'eine Zahl von {min} bis {max}',
  'one of {names}': 'einen der Werte {names}',
  '2 to {most} whole numbers from {min} to {max} joined by -, the last one 10, like 784-300-100-10':
    '2 bis {most} ganze Zahlen von {min} bis {max}, mit - verbunden, die letzte 10, etwa 784-300-100-10',
  'numbers from {min} to {max} joined by commas, or left out': 'Zahlen von {min} bis {max}, durch Kommas getrennt, oder gar keine Angabe',
  'one or more of {names}, joined by commas, each once': 'einen oder mehrere der Werte {names}, durch Kommas getrennt, jeden nur einmal',
  'There is no field "{name}"; the fields are {names}.': 'Ein Feld „{name}“ gibt es nicht; die Felder sind {names}.',
  '{field} is given twice; give it once.': '{field} ist zweimal angegeben; geben Sie es einmal an.',
  '"{part}" in the address must be of the form field=value.': '„{part}“ in der Adresse muss die Form Feld=Wert haben.',
  'sizes must start with 784 for MNIST\'s 28 × 28 pixels, but is {sizes}.': 'sizes muss für die 28 × 28 Pixel von MNIST mit 784 beginnen, ist aber {sizes}.',
  'sizes must make at most {most} weights, but {sizes} makes more.': 'sizes darf höchstens {most} Gewichte ergeben, {sizes} ergibt mehr.',
  'validation must be below MNIST\'s {all} training images, but is {validation}.': 'validation muss unter den {all} Trainingsbildern von MNIST liegen, ist aber {validation}.',
  'examples and validation together must be at most MNIST\'s {all} training images, but are {examples} + {validation}.':
    'examples und validation dürfen zusammen höchstens die {all} Trainingsbilder von MNIST sein, sind aber {examples} + {validation}.',
  'test must be at most MNIST\'s {all} test images, but is {test}.': 'test darf höchstens die {all} Testbilder von MNIST umfassen, ist aber {test}.',
  'batch must be at most examples ({examples}), but is {batch}.': 'batch darf höchstens so groß sein wie examples ({examples}), ist aber {batch}.',
  'eval_every must be at most steps ({steps}), but is {eval_every}.': 'eval_every darf höchstens so groß sein wie steps ({steps}), ist aber {eval_every}.',
  'rewind_to must be below steps ({steps}), but is {rewind_to}.': 'rewind_to muss kleiner sein als steps ({steps}), ist aber {rewind_to}.',
  'layer_rates must give one rate for each layer of {sizes}, but gives {layer_rates}.':
    'layer_rates muss für jede Schicht von {sizes} einen Anteil angeben, gibt aber {layer_rates} an.',
  'output_rate and layer_rates belong to scope layer, but scope is {scope}.': 'output_rate und layer_rates gehören zu scope layer, aber scope ist {scope}.',
  'scope global-hidden needs a hidden layer, but sizes is {sizes}.': 'scope global-hidden braucht eine verborgene Schicht, aber sizes ist {sizes}.',
  'target ({target}) decides the rate itself; give either target or rate and layer_rates.':
    'target ({target}) bestimmt den Anteil je Runde selbst; geben Sie entweder target an oder rate und layer_rates.',
  'target ({target}) is out of reach with rounds {rounds}; give more of either.':
    'target ({target}) ist nicht zu erreichen, wenn rounds {rounds} ist; erhöhen Sie eines von beiden.',
  'arms must include ticket, because controls are trained on the ticket\'s masks, but is {arms}.':
    'arms muss ticket enthalten, denn Kontrollen werden auf den Masken des Loses trainiert, ist aber {arms}.',
  'A config must be a JSON object of fields.': 'Einstellungen müssen ein JSON-Objekt aus Feldern sein.',
  'The config cannot be read: {why}.': 'Die Einstellungen sind nicht lesbar: [why].',
  'it stops being JSON at byte {at}, "{rest}"': 'ab Byte {at} ist es kein JSON mehr, „{rest}“',

  // Images and labels
  'Expected an IDX file of {what} but got a gzip file; unpack it first.':
    'Erwartet wird eine IDX-Datei mit [what], es kam aber eine gzip-Datei; entpacken Sie sie zuerst.',
  'Expected an IDX file of {what}, which starts with {length} bytes of header, but the file has only {count} bytes; fetch it again.':
    'Erwartet wird eine IDX-Datei mit [what], die mit einem Kopf von {length} Bytes beginnt, die Datei hat aber nur {count} Bytes; holen Sie sie noch einmal.',
  'Expected an IDX file of {what}, which starts with the number {magic}, but it starts with {first}; {hint}.':
    'Erwartet wird eine IDX-Datei mit [what], die mit der Zahl {magic} beginnt, sie beginnt aber mit {first}; [hint].',
  'images': 'Bildern',
  'labels': 'Etiketten',
  'this is a file of {what}': 'dies ist eine Datei mit [what]',
  'this is no such file': 'dies ist keine solche Datei',
  'The IDX file of {what} announces {expected} bytes after its header, but {got} came: it is truncated; fetch it again.':
    'Die IDX-Datei mit [what] kündigt nach ihrem Kopf {expected} Bytes an, es kamen aber {got}: Sie ist abgeschnitten; holen Sie sie noch einmal.',
  'The IDX file of {what} announces {expected} bytes after its header, but {got} came: it is followed by something else; fetch it again.':
    'Die IDX-Datei mit [what] kündigt nach ihrem Kopf {expected} Bytes an, es kamen aber {got}: Etwas anderes hängt daran; holen Sie sie noch einmal.',
  'An image must have between 1 and {most} pixels, but these have {rows} × {columns}; MNIST\'s have 28 × 28.':
    'Ein Bild muss 1 bis {most} Pixel haben, diese haben aber {rows} × {columns}; die von MNIST haben 28 × 28.',
  'All images must have one size: those loaded have {rows} × {columns} pixels, the next {nextRows} × {nextColumns}.':
    'Alle Bilder müssen gleich groß sein: Die geladenen haben {rows} × {columns} Pixel, die nächsten {nextRows} × {nextColumns}.',
  'Each image needs one label, but there are {images} images and {labels} labels; do the two files belong together?':
    'Jedes Bild braucht ein Etikett, es sind aber {images} Bilder und {labels} Etiketten; gehören die beiden Dateien zusammen?',
  'A label must be 0 to 9, but label number {at} is {label}.': 'Ein Etikett muss 0 bis 9 sein, Etikett Nummer {at} ist aber {label}.',
  'The config asks for {wanted} training images, but there are {count}; load more or ask for fewer.':
    'Verlangt sind {wanted} Trainingsbilder, es gibt aber {count}; laden Sie mehr oder verlangen Sie weniger.',
  'The config asks for {wanted} test images, but there are {count}; load more or ask for fewer.':
    'Verlangt sind {wanted} Testbilder, es gibt aber {count}; laden Sie mehr oder verlangen Sie weniger.',
  'The network has {inputs} inputs, but the training images have {pixels}; sizes must start with the number of pixels.':
    'Das Netz hat {inputs} Eingänge, die Trainingsbilder haben aber {pixels} Pixel; sizes muss mit der Zahl der Pixel beginnen.',
  'The network has {inputs} inputs, but the test images have {pixels}; sizes must start with the number of pixels.':
    'Das Netz hat {inputs} Eingänge, die Testbilder haben aber {pixels} Pixel; sizes muss mit der Zahl der Pixel beginnen.',
  '{name} has {bytes} bytes; IDX files of up to {most} bytes are read.': '{name} hat {bytes} Bytes; gelesen werden IDX-Dateien bis {most} Bytes.',
  '{name} is too short for an IDX file: it has {bytes} bytes.': '{name} ist zu kurz für eine IDX-Datei: Sie hat {bytes} Bytes.',
  '{name} is no IDX file of images or labels: it begins with {found}, expected 00000803 or 00000801.':
    '{name} ist keine IDX-Datei mit Bildern oder Etiketten: Sie beginnt mit {found}, erwartet wird 00000803 oder 00000801.',
  '{name} holds {count} images, and no file with {same} labels came with it: drop both together.':
    '{name} enthält {count} Bilder, und keine Datei mit {same} Etiketten kam mit: Ziehen Sie beide zusammen hierher.',
  '{name} holds {count} labels, and no file with {same} images came with it: drop both together.':
    '{name} enthält {count} Etiketten, und keine Datei mit {same} Bildern kam mit: Ziehen Sie beide zusammen hierher.',
  'Two IDX files (images and labels) or four (the same for testing) are expected, and {count} came.':
    'Erwartet werden zwei IDX-Dateien (Bilder und Etiketten) oder vier (dieselben zum Testen), es kamen {count}.',
  'This run is about images of your own: drop their IDX files here, or choose the data set mnist.':
    'Dieser Lauf gilt eigenen Bildern: Ziehen Sie deren IDX-Dateien hierher, oder wählen Sie den Datensatz mnist.',

  // Downloads
  'The list of data files could not be loaded: the connection failed.': 'Die Liste der Datendateien konnte nicht geladen werden: Die Verbindung kam nicht zustande.',
  'The list of data files could not be loaded: the server answered {status}.': 'Die Liste der Datendateien konnte nicht geladen werden: Der Server antwortete mit {status}.',
  'The list of data files is not JSON: the server may have answered with another page. Try again.':
    'Die Liste der Datendateien ist kein JSON: Vielleicht hat der Server eine andere Seite geschickt. Versuchen Sie es noch einmal.',
  'The list of data files is damaged or of another version: reload the page and try again.':
    'Die Liste der Datendateien ist beschädigt oder von einer anderen Version: Laden Sie die Seite neu und versuchen Sie es noch einmal.',
  'The engine could not be loaded: the connection failed, or the page forbids it.':
    'Das Rechenwerk konnte nicht geladen werden: Die Verbindung kam nicht zustande, oder die Seite verbietet es.',
  'The engine could not be loaded: the server answered with something else.': 'Das Rechenwerk konnte nicht geladen werden: Der Server hat etwas anderes geschickt.',
  'The engine could not be loaded: the server answered {status}.': 'Das Rechenwerk konnte nicht geladen werden: Der Server antwortete mit {status}.',
  '{name} could not be loaded: the connection failed. These data are not on this device yet: the first run with them needs a connection.':
    '{name} konnte nicht geladen werden: Die Verbindung kam nicht zustande. Diese Daten sind noch nicht auf diesem Gerät; der erste Lauf mit ihnen braucht eine Verbindung.',
  '{name} could not be loaded: the server answered {status}.': '{name} konnte nicht geladen werden: Der Server antwortete mit {status}.',
  '{name} was cut off while it was loading.': '{name} wurde beim Laden abgeschnitten.',
  '{name} unpacks to more than the {most} bytes it may have.': '[name]: entpackt mehr als die erlaubten {most} Bytes.',
  '{name} is not a whole gzip file: it is damaged or cut off. Download it again.':
    '[name]: keine vollständige gzip-Datei, sondern beschädigt oder abgeschnitten. Laden Sie sie noch einmal herunter.',
  '{name} has {bytes} bytes where {promised} were promised: the download was cut off or altered.':
    '[name]: {bytes} Bytes, wo {promised} versprochen waren; der Download wurde abgeschnitten oder verändert.',
  '{name} arrived damaged: its SHA-256 is not the promised one.': '[name]: beschädigt angekommen, denn der SHA-256 ist nicht der versprochene.',
  'The train images': 'Die Trainingsbilder',
  'The train labels': 'Die Etiketten der Trainingsbilder',
  'The test images': 'Die Testbilder',
  'The test labels': 'Die Etiketten der Testbilder',
  'The recorded run could not be fetched (status {status}): load the page again.': 'sie konnte nicht geholt werden (Status {status}); laden Sie die Seite neu.',
  'The recorded run does not fit its network: load the page again.': 'sie passt nicht zu ihrem Netz; laden Sie die Seite neu.',

  // The engine's worker
  'A message from the engine could not be read.': 'Eine Nachricht des Rechenwerks war nicht lesbar.',
  'The engine\'s worker failed: {why}': 'Der Prozess des Rechenwerks brach ab: [why]',
  'it ended without a word': 'er endete ohne ein Wort',
  'The engine\'s worker could not be started.': 'Der Prozess des Rechenwerks ließ sich nicht starten.',
  'The engine\'s worker did not start within 20 seconds.': 'Der Prozess des Rechenwerks startete nicht innerhalb von 20 Sekunden.',
  'The engine\'s worker fell silent: the browser may have ended it, perhaps for want of memory.':
    'Der Prozess des Rechenwerks ist verstummt: Vielleicht hat ihn der Browser beendet, etwa weil der Speicher knapp wurde.',
  'The worker was stopped.': 'Das Rechenwerk wurde angehalten.',
  'The engine ran out of memory.': 'Dem Rechenwerk ging der Speicher aus.',
  'The engine stopped at a fault of its own ({why}).': 'Das Rechenwerk blieb an einem eigenen Fehler stehen ({why}).',
  'The engine failed: {why}.': 'Das Rechenwerk brach ab: [why].',
  'The engine could not start: {why}': 'Das Rechenwerk konnte nicht starten: {why}',
  'The page speaks version {page} to a worker of version {worker}: reload the page.':
    'Die Seite spricht Version {page} mit einem Rechenwerk der Version {worker}: Laden Sie die Seite neu.',

  // Runs
  'The arm {arm} diverged: its loss is no longer a number. Try a smaller learning rate.':
    'Der Arm {arm} ist divergiert: Sein Verlust ist keine Zahl mehr. Versuchen Sie es mit einer kleineren Lernrate.',
  'The arm {arm} cannot {what} while it is {phase}: {instead}.': 'Der Arm {arm} kann nicht [what], während er [phase] ist: [instead].',
  'prune': 'ausdünnen',
  'undo a pruning': 'ein Ausdünnen zurücknehmen',
  'restart': 'von vorn beginnen',
  'restart by itself': 'von selbst von vorn beginnen',
  'begin the next round': 'die nächste Runde beginnen',
  'take masks from another arm': 'die Masken eines anderen Arms nehmen',
  'ready': 'bereit',
  'training': 'im Training',
  'trained': 'trainiert',
  'pruned': 'ausgedünnt',
  'finished': 'fertig',
  'prune first': 'erst ausdünnen',
  'reset first': 'erst zurücksetzen',
  'train this round to its end': 'erst diese Runde zu Ende trainieren',
  'train this one to its end': 'erst diese Runde zu Ende trainieren',
  'begin a round with the ticket\'s masks': 'eine Runde auf den Masken des Loses beginnen',
  'call next_round': 'next_round aufrufen',
  'its masks are the ticket\'s': 'seine Masken sind die des Loses',
  'it has done as many rounds as there can be': 'mehr Runden kann es nicht geben',
  'This is no checkpoint to resume from: it is damaged, or another version of this program took it; start afresh.':
    'Von diesem Zwischenstand lässt sich nicht weitermachen: Er ist beschädigt oder stammt von einer anderen Version dieses Programms; beginnen Sie neu.',
  'The checkpoint was taken in another run: {theirs}, not {ours}; start afresh or give the same config.':
    'Der Zwischenstand stammt aus einem anderen Lauf: {theirs}, nicht {ours}; beginnen Sie neu, oder nehmen Sie dieselben Einstellungen.',
  'The checkpoint was taken on other images than these; start afresh, or give the images that the run began with.':
    'Der Zwischenstand stammt von anderen Bildern als diesen; beginnen Sie neu, oder nehmen Sie die Bilder, mit denen der Lauf begann.',

  // Ticket files
  '{name} has {bytes} bytes; ticket files of up to {most} bytes are read.': '{name} hat {bytes} Bytes; gelesen werden Losdateien bis {most} Bytes.',
  'A safetensors file begins with 8 bytes of header length, but this one has only {count} bytes; it may be truncated.':
    'Eine safetensors-Datei beginnt mit 8 Bytes für die Länge ihres Kopfes, diese hat aber nur {count} Bytes; vielleicht ist sie abgeschnitten.',
  'This is no ticket or trace: its first bytes are not those of a safetensors file. Choose a .safetensors file that the page or the command line saved.':
    'Dies ist weder Los noch Spur: Die Datei beginnt nicht wie eine safetensors-Datei. Wählen Sie eine .safetensors-Datei, die diese Seite oder die Kommandozeile gespeichert hat.',
  'The file is truncated: its header should take {length} bytes, but only {count} are there. Save or copy it again.':
    'Die Datei ist abgeschnitten: Ihr Kopf sollte {length} Bytes haben, es sind aber nur {count} da. Speichern oder kopieren Sie sie noch einmal.',
  'The file\'s header cannot be read: {why}.': 'Der Kopf der Datei ist nicht lesbar: [why].',
  'it must be an object of at most {most} tensors by name': 'er muss ein Objekt aus höchstens {most} Tensoren mit Namen sein',
  'its metadata must be texts': 'seine Metadaten müssen Texte sein',
  'two tensors are called “{name}”': 'zwei Tensoren heißen „{name}“',
  'the tensor “{name}” must have dtype, shape, data_offsets, no more': 'der Tensor „{name}“ muss dtype, shape und data_offsets haben, nicht mehr',
  'The tensors overlap or leave a hole: one begins at byte {begin}, but those before it end at {end}. Save or copy the file again.':
    'Die Tensoren überlappen sich oder lassen eine Lücke: Einer beginnt bei Byte {begin}, die davor enden aber bei {end}. Speichern oder kopieren Sie die Datei noch einmal.',
  'The tensors take {taken} bytes, but {count} bytes follow the header; the file has been added to.':
    'Die Tensoren nehmen {taken} Bytes ein, auf den Kopf folgen aber {count} Bytes; der Datei wurde etwas angehängt.',
  'The tensor “{name}” is of type {dtype}; a ticket or trace has only BOOL, U8, U32 and F32.':
    'Der Tensor „{name}“ ist vom Typ {dtype}; ein Los oder eine Spur hat nur BOOL, U8, U32 und F32.',
  'The tensor “{name}” should lie at bytes {begin} to {end}, but the file holds {count} bytes of numbers; it is truncated or damaged.':
    'Der Tensor „{name}“ sollte bei den Bytes {begin} bis {end} liegen, die Datei enthält aber {count} Bytes an Zahlen; sie ist abgeschnitten oder beschädigt.',
  'The tensor “{name}” claims the shape {shape} of {dtype}, which does not fit its {count} bytes.':
    'Der Tensor „{name}“ gibt die Form {shape} in {dtype} an; dazu passen seine {count} Bytes nicht.',
  'The file lacks the metadata “{key}”, which every file of this program has; open one that `lottery` or the page has written.':
    'Der Datei fehlen die Metadaten „{key}“, die jede Datei dieses Programms hat; öffnen Sie eine, die `lottery` oder diese Seite geschrieben hat.',
  'The file has no tensor “{name}”.': 'Die Datei hat keinen Tensor „{name}“.',
  'The tensor “{name}” must be of type {dtype} but is {found}.': 'Der Tensor „{name}“ muss vom Typ {dtype} sein, ist aber {found}.',
  'The tensor “{name}” must have the shape {shape} but has {found}.': 'Der Tensor „{name}“ muss die Form {shape} haben, hat aber {found}.',
  'Number {at} of the tensor “{name}” is infinite or none; all must be finite.':
    'Zahl {at} des Tensors „{name}“ ist unendlich oder keine; alle müssen endlich sein.',
  'The tensor “{name}” must hold only 0 and 1 but holds {byte}.': 'Der Tensor „{name}“ darf nur 0 und 1 enthalten, enthält aber {byte}.',
  'The tensor “{name}” places weights beyond the {count} that the layer has.':
    'Der Tensor „{name}“ setzt Gewichte jenseits der {count}, die die Schicht hat.',
  'The tensor “{name}” has a weight that is not zero where the mask has pruned it.':
    'Der Tensor „{name}“ hat ein Gewicht, das nicht null ist, wo die Maske es entfernt hat.',
  'The ticket is of format version {version}, but this program reads version 1; use a newer program.':
    'Das Los hat die Formatversion {version}, dieses Programm liest aber Version 1; nehmen Sie ein neueres Programm.',
  'A ticket\'s form is “dense” or “sparse”, but this one\'s is “{form}”.': 'Die Form eines Loses ist „dense“ oder „sparse“, die dieses Loses aber „{form}“.',
  'The ticket\'s sizes must be a list like [784,300,100,10] but are “{sizes}”.': 'Die sizes des Loses müssen eine Liste wie [784,300,100,10] sein, sind aber „{sizes}“.',
  'The ticket\'s round must be a whole number but is “{round}”.': 'Die Runde des Loses muss eine ganze Zahl sein, ist aber „{round}“.',
  'The ticket\'s config is not a JSON object.': 'Die Einstellungen des Loses sind kein JSON-Objekt.',
  'The ticket\'s sizes call for {wanted} tensors, but the file has {count}.': 'Die sizes des Loses verlangen {wanted} Tensoren, die Datei hat aber {count}.',
  'The ticket is damaged: it states the {key} {stated}, but its numbers give {found}.':
    'Das Los ist beschädigt: Als {key} nennt es {stated}, seine Zahlen ergeben aber {found}.',
  'The ticket\'s network is {sizes}, but its config says {config}: the file contradicts itself.':
    'Das Netz des Loses ist {sizes}, seine Einstellungen sagen aber {config}: Die Datei widerspricht sich selbst.',
  'This network has weights that are not finite numbers, because its training diverged; export an earlier round or lower the learning rate.':
    'Dieses Netz hat Gewichte, die keine endlichen Zahlen sind, weil sein Training divergiert ist; speichern Sie eine frühere Runde, oder senken Sie die Lernrate.',
};

export default { said: translator(templates) };
