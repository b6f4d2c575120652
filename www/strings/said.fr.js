/** Ce que le moteur, la session et le téléchargement disent en anglais, en français. */
import { translator } from './said.de-fr.js';

export const templates = {
  // Settings: what each is, and each of its choices
  'The set of defaults for everything that is not given.': 'Les valeurs par défaut de tout ce qui n’est pas indiqué.',
  'Scaled down so that the effect shows within seconds, on every seed tried.':
    'Réduit pour que l’effet se voie en quelques secondes, avec chaque graine essayée.',
  'LeNet-300-100 on MNIST as in Frankle & Carbin (2019).': 'LeNet-300-100 sur MNIST comme chez Frankle & Carbin (2019).',
  'Decides the initial weights, the split and the order of the examples.': 'Décide des poids initiaux, de la répartition et de l’ordre des exemples.',
  'Which images to learn from.': 'Les images à partir desquelles on apprend.',
  'The 70,000 handwritten digits of MNIST.': 'Les 70 000 chiffres manuscrits de MNIST.',
  'Your own IDX files of images and labels.': 'Vos propres fichiers IDX d’images et d’étiquettes.',
  'Number of images to train on.': 'Nombre d’images d’entraînement.',
  'Number of images, apart from those, that decide the early stop.': 'Nombre d’images, en plus de celles-là, qui décident de l’arrêt précoce.',
  'Number of images that only measure: nothing is decided by them.': 'Nombre d’images qui ne font que mesurer : rien n’est décidé d’après elles.',
  'Units per layer: pixels, hidden layers, ten digits.': 'Unités par couche : pixels, couches cachées, dix chiffres.',
  'The distribution of the initial weights.': 'La loi des poids initiaux.',
  'Gaussian with variance 2 / (inputs + outputs) of the layer (Glorot & Bengio 2010), as in the paper.':
    'Gaussienne de variance 2 / (entrées + sorties) de la couche (Glorot & Bengio 2010), comme dans l’article.',
  'Gaussian with variance 2 / inputs of the layer (He et al. 2015).': 'Gaussienne de variance 2 / entrées de la couche (He et al. 2015).',
  'Images per training step.': 'Images par pas d’entraînement.',
  'Training steps per round.': 'Pas d’entraînement par tour.',
  'The rule that turns gradients into steps.': 'La règle qui transforme les gradients en pas.',
  'Adam with β₁ 0.9, β₂ 0.999, ε 1e-8, as in the paper.': 'Adam avec β₁ 0,9, β₂ 0,999, ε 1e-8, comme dans l’article.',
  'Stochastic gradient descent with momentum.': 'Descente de gradient stochastique avec inertie.',
  'Learning rate: the size of a step.': 'Taux d’apprentissage : la taille d’un pas.',
  'How the learning rate changes during a round.': 'Comment le taux d’apprentissage change pendant un tour.',
  'The same learning rate at every step, as in the paper.': 'Le même taux d’apprentissage à chaque pas, comme dans l’article.',
  'Divided by 10 after half of the steps and again after three quarters.': 'Divisé par 10 après la moitié des pas, et encore après les trois quarts.',
  'Falls to 0 along half a cosine wave.': 'Descend à 0 le long d’une demi-onde de cosinus.',
  'Rises from 0 over the first tenth of the steps, then stays.': 'Monte depuis 0 pendant le premier dixième des pas, puis reste constant.',
  'Momentum of the optimiser sgd; adam ignores it.': 'Inertie de l’optimiseur sgd ; adam l’ignore.',
  'Share of the surviving weights that is pruned after each round.': 'Part des poids survivants élaguée après chaque tour.',
  'The same for the output layer; half of rate unless given.': 'La même pour la couche de sortie ; sans indication, la moitié.',
  'A rate for each layer of its own, instead of rate and output_rate.': 'Une part propre à chaque couche, au lieu de « Part élaguée » et « Part élaguée en sortie ».',
  'Percent of the weights to remain at the last round, instead of rate.': 'Pourcentage des poids qui restent au dernier tour, au lieu de « Part élaguée ».',
  'Rounds of pruning after the dense network\'s round 0.': 'Tours d’élagage après le tour 0, celui du réseau dense.',
  'How the rounds follow each other.': 'Comment les tours se suivent.',
  'Train, prune, restart, round after round: the paper\'s method.': 'Entraîner, élaguer, repartir, tour après tour : la méthode de l’article.',
  'Train the dense network once; every round\'s mask comes from those weights.':
    'Entraîner le réseau dense une fois ; le masque de chaque tour vient de ces poids.',
  'Prune and keep training; restart only before the last round.': 'Élaguer et continuer l’entraînement ; ne repartir qu’avant le dernier tour.',
  'Which weights compete with each other for survival.': 'Quels poids concourent pour survivre.',
  'Each layer loses its own share, the output layer at its own rate.': 'Chaque couche perd sa propre part, la couche de sortie la sienne.',
  'All weights compete, whatever their layer.': 'Tous les poids concourent, quelle que soit leur couche.',
  'All weights compete but the output layer\'s, which are never pruned.':
    'Tous les poids concourent, sauf ceux de la couche de sortie, jamais élagués.',
  'What makes a weight worth keeping.': 'Ce qui rend un poids digne d’être gardé.',
  'Keeps the weights that are largest after training.': 'Garde les poids les plus grands après l’entraînement.',
  'Keeps the weights that were largest before training.': 'Garde les poids qui étaient les plus grands avant l’entraînement.',
  'Keeps the weights whose magnitude grew most.': 'Garde les poids dont la taille a le plus augmenté.',
  'Keeps the weights that moved furthest.': 'Garde les poids qui se sont le plus déplacés.',
  'Keeps weights at random: what any score must beat.': 'Garde des poids au hasard : ce que tout score doit dépasser.',
  'Keeps the smallest weights: the score upside down, as a control.': 'Garde les poids les plus petits : le score à l’envers, comme témoin.',
  'Keeps what the loss is most sensitive to, before training (Lee et al. 2019).':
    'Garde ce à quoi la perte est la plus sensible avant l’entraînement (Lee et al. 2019).',
  'Keeps what preserves the gradient\'s flow, before training (Wang et al. 2020).':
    'Garde ce qui préserve le flux du gradient avant l’entraînement (Wang et al. 2020).',
  'Keeps what carries most path strength, without data (Tanaka et al. 2020).':
    'Garde ce qui porte le plus de force de chemin, sans données (Tanaka et al. 2020).',
  'What the survivors restart from after pruning.': 'D’où repartent les survivants après l’élagage.',
  'The very weights they were born with, or those after rewind_to steps.': 'Des poids mêmes de leur naissance, ou de ceux du pas où l’on rembobine.',
  'A fresh draw from the initial distribution.': 'D’un nouveau tirage de la loi initiale.',
  'A fresh draw from the initial values of the survivors.': 'D’un tirage parmi les valeurs initiales des survivants.',
  'The initial signs, all with one size a layer.': 'Des signes initiaux, tous d’une même taille par couche.',
  'The initial weights with Gaussian noise added.': 'Des poids initiaux avec un bruit gaussien.',
  'The trained weights, at the last learning rate.': 'Des poids entraînés, au dernier taux d’apprentissage.',
  'The trained weights, with the learning rate\'s schedule from its start.': 'Des poids entraînés, le taux d’apprentissage repris depuis le début.',
  'The step to rewind to; 0 is the very start.': 'Le pas jusqu’où rembobiner ; 0 est le tout début.',
  'Size of the noise arm\'s noise, in standard deviations of the initial weights.':
    'Force du bruit de la branche « Ticket bruité », en écarts types des poids initiaux.',
  'Steps between two looks at the validation images.': 'Pas entre deux mesures sur les images de validation.',
  'The lines of the experiment.': 'Les lignes de l’expérience.',
  'The winning ticket: the config as it stands.': 'Le ticket gagnant : les réglages tels qu’ils sont.',
  'Every mask from one training of the dense network.': 'Chaque masque d’un seul entraînement du réseau dense.',
  'Pruned and trained on, restarted only before the last round.': 'Élagué et toujours entraîné ; ne repart qu’avant le dernier tour.',
  'Survivors keep their trained weights.': 'Les survivants gardent leurs poids entraînés.',
  'Survivors keep their trained weights; the learning rate starts over.':
    'Les survivants gardent leurs poids entraînés ; le taux d’apprentissage repart du début.',
  'Survivors rewind to an early step instead of the very start.': 'Les survivants sont rembobinés jusqu’à un pas précoce au lieu du tout début.',
  'The ticket\'s mask with freshly drawn weights: the paper\'s control.':
    'Le masque du ticket avec des poids nouvellement tirés : le témoin de l’article.',
  'The ticket\'s mask with weights drawn from the survivors\' initial values.':
    'Le masque du ticket avec des poids tirés des valeurs initiales des survivants.',
  'The ticket\'s mask and initial signs, all weights of one size a layer.':
    'Le masque et les signes initiaux du ticket, tous les poids d’une même taille par couche.',
  'The ticket with Gaussian noise on its initial weights.': 'Le ticket avec un bruit gaussien sur ses poids initiaux.',
  'The ticket\'s mask shuffled inside each layer, with the initial weights.':
    'Le masque du ticket mélangé dans chaque couche, avec les poids initiaux.',
  'A random mask with the ticket\'s number of weights a layer, freshly drawn.':
    'Un masque aléatoire avec autant de poids par couche que le ticket, nouvellement tirés.',

  // Settings: the choices' names; those that are missing are names in every language
  'own': 'vos images',
  'constant': 'constant',
  'step': 'par paliers',
  'cosine': 'cosinus',
  'warmup': 'avec montée initiale',
  'iterative': 'tour après tour',
  'one-shot': 'en une fois',
  'continued': 'entraînement poursuivi',
  'layer': 'chaque couche à part',
  'global': 'toutes les couches ensemble',
  'global-hidden': 'couches cachées ensemble',
  'magnitude': 'taille',
  'initial': 'taille initiale',
  'increase': 'augmentation de la taille',
  'movement': 'déplacement',
  'random': 'hasard',
  'smallest': 'les plus petits',
  'rewind': 'rembobiner',
  'reinit': 'réinitialiser',
  'reinit-survivors': 'tirer parmi les survivants',
  'sign': 'garder les signes',
  'noise': 'avec du bruit',
  'fine-tune': 'affiner',
  'lr-rewind': 'rembobiner le taux',

  // Settings: the refusal of one field, and rules between fields
  '{field} must be {allowed}, but got "{text}".': '{field} demande [allowed], mais a reçu « {text} ».',
  // A correction: what was wrong, and what is done about it; before whatever else ends with a full stop
  '{sentence} It is left out.': '[sentence] Il n’en est pas tenu compte.',
  '{sentence} The first one counts.': '[sentence] La première indication compte.',
  '{sentence} Using the default.': '[sentence] La valeur par défaut est prise.',
  '{sentence} Using no {field}.': '[sentence] {field} est retiré.',
  '{sentence} Using {value}.': '[sentence] Valeur prise : {value}.',
  'a whole number from {min} to {max}': 'un nombre entier de {min} à {max}',
  'a number from {min} to {max}, or left out': 'un nombre de {min} à {max}, ou rien',
  'a number from {min} to {max}': 'un nombre de {min} à {max}',
  'one of {names}': 'l’une des valeurs {names}',
  '2 to {most} whole numbers from {min} to {max} joined by -, the last one 10, like 784-300-100-10':
    'de 2 à {most} nombres entiers de {min} à {max} reliés par -, le dernier étant 10, comme 784-300-100-10',
  'numbers from {min} to {max} joined by commas, or left out': 'des nombres de {min} à {max} séparés par des virgules, ou rien',
  'one or more of {names}, joined by commas, each once': 'une ou plusieurs des valeurs {names}, séparées par des virgules, chacune une fois',
  'There is no field "{name}"; the fields are {names}.': 'Le champ « {name} » n’existe pas ; les champs sont {names}.',
  '{field} is given twice; give it once.': '{field} est indiqué deux fois ; ne l’indiquez qu’une fois.',
  '"{part}" in the address must be of the form field=value.': '« {part} » dans l’adresse doit être de la forme champ=valeur.',
  'sizes must start with 784 for MNIST\'s 28 × 28 pixels, but is {sizes}.': 'sizes doit commencer par 784 pour les 28 × 28 pixels de MNIST, mais vaut {sizes}.',
  'sizes must make at most {most} weights, but {sizes} makes more.': 'sizes doit donner au plus {most} poids, mais {sizes} en donne davantage.',
  'validation must be below MNIST\'s {all} training images, but is {validation}.':
    'validation doit être inférieur aux {all} images d’entraînement de MNIST, mais vaut {validation}.',
  'examples and validation together must be at most MNIST\'s {all} training images, but are {examples} + {validation}.':
    'examples et validation ensemble doivent être au plus les {all} images d’entraînement de MNIST, mais valent {examples} + {validation}.',
  'test must be at most MNIST\'s {all} test images, but is {test}.': 'test doit être au plus les {all} images de test de MNIST, mais vaut {test}.',
  'batch must be at most examples ({examples}), but is {batch}.': 'batch doit être au plus égal à examples ({examples}), mais vaut {batch}.',
  'eval_every must be at most steps ({steps}), but is {eval_every}.': 'eval_every doit être au plus égal à steps ({steps}), mais vaut {eval_every}.',
  'rewind_to must be below steps ({steps}), but is {rewind_to}.': 'rewind_to doit être inférieur à steps ({steps}), mais vaut {rewind_to}.',
  'layer_rates must give one rate for each layer of {sizes}, but gives {layer_rates}.':
    'layer_rates doit donner une part pour chaque couche de {sizes}, mais donne {layer_rates}.',
  'output_rate and layer_rates belong to scope layer, but scope is {scope}.': 'output_rate et layer_rates vont avec scope layer, mais scope vaut {scope}.',
  'scope global-hidden needs a hidden layer, but sizes is {sizes}.': 'scope global-hidden demande une couche cachée, mais sizes vaut {sizes}.',
  'target ({target}) decides the rate itself; give either target or rate and layer_rates.':
    'target ({target}) décide déjà de la part élaguée ; indiquez soit target, soit rate et layer_rates.',
  'target ({target}) is out of reach with rounds {rounds}; give more of either.':
    'target ({target}) est hors d’atteinte quand rounds vaut {rounds} ; augmentez l’un des deux.',
  'arms must include ticket, because controls are trained on the ticket\'s masks, but is {arms}.':
    'arms doit contenir ticket, car les témoins s’entraînent sur les masques du ticket, mais vaut {arms}.',
  'A config must be a JSON object of fields.': 'Les réglages doivent être un objet JSON de champs.',
  'The config cannot be read: {why}.': 'Les réglages sont illisibles : [why].',
  'it stops being JSON at byte {at}, "{rest}"': 'ce n’est plus du JSON à partir de l’octet {at}, « {rest} »',

  // Images and labels
  'Expected an IDX file of {what} but got a gzip file; unpack it first.':
    'Il faudrait un fichier IDX d’[what], mais c’est un fichier gzip ; décompressez-le d’abord.',
  'Expected an IDX file of {what}, which starts with {length} bytes of header, but the file has only {count} bytes; fetch it again.':
    'Il faudrait un fichier IDX d’[what], qui commence par un en-tête de {length} octets, mais le fichier n’en a que {count} ; récupérez-le de nouveau.',
  'Expected an IDX file of {what}, which starts with the number {magic}, but it starts with {first}; {hint}.':
    'Il faudrait un fichier IDX d’[what], qui commence par le nombre {magic}, mais il commence par {first} ; [hint].',
  'images': 'images',
  'labels': 'étiquettes',
  'this is a file of {what}': 'c’est un fichier d’[what]',
  'this is no such file': 'ce n’en est pas un',
  'The IDX file of {what} announces {expected} bytes after its header, but {got} came: it is truncated; fetch it again.':
    'Le fichier IDX d’[what] annonce {expected} octets après son en-tête, mais il en est venu {got} : il est tronqué ; récupérez-le de nouveau.',
  'The IDX file of {what} announces {expected} bytes after its header, but {got} came: it is followed by something else; fetch it again.':
    'Le fichier IDX d’[what] annonce {expected} octets après son en-tête, mais il en est venu {got} : autre chose le suit ; récupérez-le de nouveau.',
  'An image must have between 1 and {most} pixels, but these have {rows} × {columns}; MNIST\'s have 28 × 28.':
    'Une image doit avoir entre 1 et {most} pixels, mais celles-ci en ont {rows} × {columns} ; celles de MNIST en ont 28 × 28.',
  'All images must have one size: those loaded have {rows} × {columns} pixels, the next {nextRows} × {nextColumns}.':
    'Toutes les images doivent avoir une même taille : celles déjà chargées ont {rows} × {columns} pixels, les suivantes {nextRows} × {nextColumns}.',
  'Each image needs one label, but there are {images} images and {labels} labels; do the two files belong together?':
    'Il faut une étiquette par image, mais il y a {images} images et {labels} étiquettes ; les deux fichiers vont-ils ensemble ?',
  'A label must be 0 to 9, but label number {at} is {label}.': 'Une étiquette doit être de 0 à 9, mais l’étiquette numéro {at} est {label}.',
  'The config asks for {wanted} training images, but there are {count}; load more or ask for fewer.':
    'Les réglages demandent {wanted} images d’entraînement, mais il y en a {count} ; chargez-en plus ou demandez-en moins.',
  'The config asks for {wanted} test images, but there are {count}; load more or ask for fewer.':
    'Les réglages demandent {wanted} images de test, mais il y en a {count} ; chargez-en plus ou demandez-en moins.',
  'The network has {inputs} inputs, but the training images have {pixels}; sizes must start with the number of pixels.':
    'Le réseau a {inputs} entrées, mais les images d’entraînement ont {pixels} pixels ; sizes doit commencer par le nombre de pixels.',
  'The network has {inputs} inputs, but the test images have {pixels}; sizes must start with the number of pixels.':
    'Le réseau a {inputs} entrées, mais les images de test ont {pixels} pixels ; sizes doit commencer par le nombre de pixels.',
  '{name} has {bytes} bytes; IDX files of up to {most} bytes are read.': '{name} a {bytes} octets ; les fichiers IDX sont lus jusqu’à {most} octets.',
  '{name} is too short for an IDX file: it has {bytes} bytes.': '{name} est trop court pour un fichier IDX : il a {bytes} octets.',
  '{name} is no IDX file of images or labels: it begins with {found}, expected 00000803 or 00000801.':
    '{name} n’est pas un fichier IDX d’images ou d’étiquettes : il commence par {found} au lieu de 00000803 ou 00000801.',
  '{name} holds {count} images, and no file with {same} labels came with it: drop both together.':
    '{name} contient {count} images, et aucun fichier de {same} étiquettes n’est venu avec : déposez les deux ensemble.',
  '{name} holds {count} labels, and no file with {same} images came with it: drop both together.':
    '{name} contient {count} étiquettes, et aucun fichier de {same} images n’est venu avec : déposez les deux ensemble.',
  'Two IDX files (images and labels) or four (the same for testing) are expected, and {count} came.':
    'Il faut deux fichiers IDX (images et étiquettes) ou quatre (les mêmes pour le test), et il en est venu {count}.',
  'This run is about images of your own: drop their IDX files here, or choose the data set mnist.':
    'Ce calcul porte sur vos propres images : déposez ici leurs fichiers IDX, ou choisissez le jeu de données mnist.',

  // Downloads
  'The list of data files could not be loaded: the connection failed.': 'La liste des fichiers de données n’a pas pu être chargée : la connexion a échoué.',
  'The list of data files could not be loaded: the server answered {status}.': 'La liste des fichiers de données n’a pas pu être chargée : le serveur a répondu {status}.',
  'The list of data files is not JSON: the server may have answered with another page. Try again.':
    'La liste des fichiers de données n’est pas du JSON : le serveur a peut-être répondu par une autre page. Réessayez.',
  'The list of data files is damaged or of another version: reload the page and try again.':
    'La liste des fichiers de données est endommagée ou d’une autre version : rechargez la page et réessayez.',
  'The engine could not be loaded: the connection failed, or the page forbids it.':
    'Le moteur n’a pas pu être chargé : la connexion a échoué, ou la page l’interdit.',
  'The engine could not be loaded: the server answered with something else.': 'Le moteur n’a pas pu être chargé : le serveur a envoyé autre chose.',
  'The engine could not be loaded: the server answered {status}.': 'Le moteur n’a pas pu être chargé : le serveur a répondu {status}.',
  '{name} could not be loaded: the connection failed. These data are not on this device yet: the first run with them needs a connection.':
    '{name} n’a pas pu être chargé : la connexion a échoué. Ces données ne sont pas encore sur cet appareil ; le premier entraînement avec elles demande une connexion.',
  '{name} could not be loaded: the server answered {status}.': '{name} n’a pas pu être chargé : le serveur a répondu {status}.',
  '{name} was cut off while it was loading.': '{name} s’est interrompu pendant le chargement.',
  '{name} unpacks to more than the {most} bytes it may have.': '[name] : décompressé, il y a plus que les {most} octets permis.',
  '{name} is not a whole gzip file: it is damaged or cut off. Download it again.':
    '[name] : ce n’est pas un fichier gzip entier, il est endommagé ou tronqué. Téléchargez-le de nouveau.',
  '{name} has {bytes} bytes where {promised} were promised: the download was cut off or altered.':
    '[name] : {bytes} octets là où {promised} étaient promis ; le téléchargement a été interrompu ou modifié.',
  '{name} arrived damaged: its SHA-256 is not the promised one.': '[name] : arrivé endommagé, car son SHA-256 n’est pas celui promis.',
  'The train images': 'Images d’entraînement',
  'The train labels': 'Étiquettes d’entraînement',
  'The test images': 'Images de test',
  'The test labels': 'Étiquettes de test',
  'The recorded run could not be fetched (status {status}): load the page again.': 'il n’a pas pu être récupéré (statut {status}) ; rechargez la page.',
  'The recorded run does not fit its network: load the page again.': 'il ne correspond pas à son réseau ; rechargez la page.',

  // The engine's worker
  'A message from the engine could not be read.': 'Un message du moteur n’a pas pu être lu.',
  'The engine\'s worker failed: {why}': 'Le processus du moteur s’est interrompu : [why]',
  'it ended without a word': 'il a fini sans un mot',
  'The engine\'s worker could not be started.': 'Le processus du moteur n’a pas pu être lancé.',
  'The engine\'s worker did not start within 20 seconds.': 'Le processus du moteur n’a pas démarré en 20 secondes.',
  'The engine\'s worker fell silent: the browser may have ended it, perhaps for want of memory.':
    'Le processus du moteur s’est tu : le navigateur l’a peut-être arrêté, par exemple faute de mémoire.',
  'The worker was stopped.': 'Le moteur a été arrêté.',
  'The engine ran out of memory.': 'Le moteur a manqué de mémoire.',
  'The engine stopped at a fault of its own ({why}).': 'Le moteur s’est arrêté sur une erreur de sa part ({why}).',
  'The engine failed: {why}.': 'Le moteur a échoué : [why].',
  'The engine could not start: {why}': 'Le moteur n’a pas pu démarrer : {why}',
  'The page speaks version {page} to a worker of version {worker}: reload the page.':
    'La page parle la version {page} à un moteur de version {worker} : rechargez la page.',

  // Runs
  'The arm {arm} diverged: its loss is no longer a number. Try a smaller learning rate.':
    'La branche {arm} a divergé : sa perte n’est plus un nombre. Essayez un taux d’apprentissage plus petit.',
  'The arm {arm} cannot {what} while it is {phase}: {instead}.': 'La branche {arm} ne peut pas [what] tant qu’elle est [phase] : [instead].',
  'prune': 'élaguer',
  'undo a pruning': 'annuler un élagage',
  'restart': 'repartir',
  'restart by itself': 'repartir d’elle-même',
  'begin the next round': 'commencer le tour suivant',
  'take masks from another arm': 'prendre les masques d’une autre branche',
  'ready': 'prête',
  'training': 'en cours d’entraînement',
  'trained': 'entraînée',
  'pruned': 'élaguée',
  'finished': 'terminée',
  'prune first': 'élaguez d’abord',
  'reset first': 'remettez d’abord à zéro',
  'train this round to its end': 'entraînez ce tour jusqu’à sa fin',
  'train this one to its end': 'entraînez-le jusqu’à sa fin',
  'begin a round with the ticket\'s masks': 'commencez un tour avec les masques du ticket',
  'call next_round': 'appelez next_round',
  'its masks are the ticket\'s': 'ses masques sont ceux du ticket',
  'it has done as many rounds as there can be': 'il ne peut pas y avoir plus de tours',
  'This is no checkpoint to resume from: it is damaged, or another version of this program took it; start afresh.':
    'On ne peut pas reprendre à ce point de sauvegarde : il est endommagé, ou vient d’une autre version de ce programme ; recommencez.',
  'The checkpoint was taken in another run: {theirs}, not {ours}; start afresh or give the same config.':
    'Le point de sauvegarde vient d’un autre calcul : {theirs}, et non {ours} ; recommencez, ou reprenez les mêmes réglages.',
  'The checkpoint was taken on other images than these; start afresh, or give the images that the run began with.':
    'Le point de sauvegarde vient d’autres images que celles-ci ; recommencez, ou reprenez les images du début.',

  // Ticket files
  '{name} has {bytes} bytes; ticket files of up to {most} bytes are read.': '{name} a {bytes} octets ; les fichiers de ticket sont lus jusqu’à {most} octets.',
  'A safetensors file begins with 8 bytes of header length, but this one has only {count} bytes; it may be truncated.':
    'Un fichier safetensors commence par 8 octets qui donnent la longueur de l’en-tête, mais celui-ci n’a que {count} octets ; il est peut-être tronqué.',
  'This is no ticket or trace: its first bytes are not those of a safetensors file. Choose a .safetensors file that the page or the command line saved.':
    'Ce n’est ni un ticket ni une trace : ses premiers octets ne sont pas ceux d’un fichier safetensors. Choisissez un fichier .safetensors enregistré par la page ou la ligne de commande.',
  'The file is truncated: its header should take {length} bytes, but only {count} are there. Save or copy it again.':
    'Le fichier est tronqué : son en-tête devrait prendre {length} octets, mais il n’y en a que {count}. Enregistrez-le ou copiez-le de nouveau.',
  'The file\'s header cannot be read: {why}.': 'L’en-tête du fichier est illisible : [why].',
  'it must be an object of at most {most} tensors by name': 'ce doit être un objet d’au plus {most} tenseurs avec leurs noms',
  'its metadata must be texts': 'ses métadonnées doivent être des textes',
  'two tensors are called “{name}”': 'deux tenseurs s’appellent « {name} »',
  'the tensor “{name}” must have dtype, shape, data_offsets, no more': 'le tenseur « {name} » doit avoir dtype, shape et data_offsets, rien de plus',
  'The tensors overlap or leave a hole: one begins at byte {begin}, but those before it end at {end}. Save or copy the file again.':
    'Les tenseurs se chevauchent ou laissent un trou : l’un commence à l’octet {begin}, mais ceux d’avant finissent à {end}. Enregistrez ou copiez de nouveau le fichier.',
  'The tensors take {taken} bytes, but {count} bytes follow the header; the file has been added to.':
    'Les tenseurs prennent {taken} octets, mais {count} octets suivent l’en-tête ; on a ajouté quelque chose au fichier.',
  'The tensor “{name}” is of type {dtype}; a ticket or trace has only BOOL, U8, U32 and F32.':
    'Le tenseur « {name} » est de type {dtype} ; un ticket ou une trace n’a que BOOL, U8, U32 et F32.',
  'The tensor “{name}” should lie at bytes {begin} to {end}, but the file holds {count} bytes of numbers; it is truncated or damaged.':
    'Le tenseur « {name} » devrait se trouver aux octets {begin} à {end}, mais le fichier contient {count} octets de nombres ; il est tronqué ou endommagé.',
  'The tensor “{name}” claims the shape {shape} of {dtype}, which does not fit its {count} bytes.':
    'Le tenseur « {name} » annonce la forme {shape} en {dtype}, qui ne va pas avec ses {count} octets.',
  'The file lacks the metadata “{key}”, which every file of this program has; open one that `lottery` or the page has written.':
    'Il manque au fichier les métadonnées « {key} », que tout fichier de ce programme porte ; ouvrez-en un écrit par `lottery` ou par la page.',
  'The file has no tensor “{name}”.': 'Le fichier n’a pas de tenseur « {name} ».',
  'The tensor “{name}” must be of type {dtype} but is {found}.': 'Le tenseur « {name} » doit être de type {dtype}, mais il est de type {found}.',
  'The tensor “{name}” must have the shape {shape} but has {found}.': 'Le tenseur « {name} » doit avoir la forme {shape}, mais a la forme {found}.',
  'Number {at} of the tensor “{name}” is infinite or none; all must be finite.':
    'Le nombre {at} du tenseur « {name} » est infini ou n’en est pas un ; tous doivent être finis.',
  'The tensor “{name}” must hold only 0 and 1 but holds {byte}.': 'Le tenseur « {name} » ne doit contenir que 0 et 1, mais contient {byte}.',
  'The tensor “{name}” places weights beyond the {count} that the layer has.':
    'Le tenseur « {name} » place des poids au-delà des {count} que compte la couche.',
  'The tensor “{name}” has a weight that is not zero where the mask has pruned it.':
    'Le tenseur « {name} » a un poids non nul là où le masque l’a élagué.',
  'The ticket is of format version {version}, but this program reads version 1; use a newer program.':
    'Le ticket est au format de version {version}, mais ce programme lit la version 1 ; prenez un programme plus récent.',
  'A ticket\'s form is “dense” or “sparse”, but this one\'s is “{form}”.': 'La forme d’un ticket est « dense » ou « sparse », mais celle-ci est « {form} ».',
  'The ticket\'s sizes must be a list like [784,300,100,10] but are “{sizes}”.':
    'Le champ sizes du ticket doit être une liste comme [784,300,100,10], mais vaut « {sizes} ».',
  'The ticket\'s round must be a whole number but is “{round}”.': 'Le tour du ticket doit être un nombre entier, mais vaut « {round} ».',
  'The ticket\'s config is not a JSON object.': 'Les réglages du ticket ne sont pas un objet JSON.',
  'The ticket\'s sizes call for {wanted} tensors, but the file has {count}.': 'Le champ sizes du ticket demande {wanted} tenseurs, mais le fichier en a {count}.',
  'The ticket is damaged: it states the {key} {stated}, but its numbers give {found}.':
    'Le ticket est endommagé : pour {key} il indique {stated}, mais ses nombres donnent {found}.',
  'The ticket\'s network is {sizes}, but its config says {config}: the file contradicts itself.':
    'Le réseau du ticket est {sizes}, mais ses réglages disent {config} : le fichier se contredit.',
  'This network has weights that are not finite numbers, because its training diverged; export an earlier round or lower the learning rate.':
    'Ce réseau a des poids qui ne sont pas des nombres finis, car son entraînement a divergé ; enregistrez un tour précédent ou baissez le taux d’apprentissage.',
};

export default { said: translator(templates) };
