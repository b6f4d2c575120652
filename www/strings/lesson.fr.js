/** La leçon en français ; les clés sont celles de lesson.en.js. */
export default {
  cite: 'Source',
  steps: 'Étapes',
  stepOf: 'Étape {n} sur {count}',
  next: 'Suite : {title}',
  lastNext: 'Passer au laboratoire',
  do: 'Faire',
  watch: 'Regarder',
  isDone: 'fait',

  run: 'Calculer sur cet appareil',
  runAgain: 'Recommencer avec une autre graine',
  pause: 'Suspendre le calcul',
  resume: 'Reprendre le calcul',
  stop: 'Revenir à l’enregistrement',
  recorded: 'Calcul enregistré le {date}, {seeds} graines, préréglage {preset}.',
  recordedShort: 'Enregistré le {date}, {seeds} graines',
  recordedMore:
    'Les courbes et les images montrent la graine {seed} ; les bandes et les moyennes portent sur les {seeds}. {examples} images d’entraînement, {steps} pas par tour, {rounds} tours.',
  liveDone: 'Votre calcul : graine {seed}, {seconds} s sur cet appareil.',
  sameBits: 'Le même ticket que celui de l’enregistrement, au bit près.',
  loading: 'Chargement des données …',
  running: 'Tour {round} sur {rounds}',
  left: 'encore {seconds} s',
  failedRun: 'Le calcul s’est arrêté : {message}',
  noRecording: 'L’enregistrement manque : {message}',

  guessButton: 'Montrer ce qui s’est passé',
  guessSkip: 'Montrer sans deviner',
  guessFirst: 'Devinez d’abord.',
  guessAgain: 'Deviner encore',
  yourGuess: 'Votre estimation',
  outcome: 'Ce qui s’est passé',
  sketchHelp: 'Tirez les points vers le haut ou le bas, ou servez-vous des flèches.',
  sketchPoint: 'Votre estimation quand il reste {remaining}',
  sketchResult: 'Écart moyen de votre ligne, en points : {points}.',
  guessOff: 'Vous disiez {guess}. C’était {outcome}.',
  guessSpread: '{seeds} graines : de {min} à {max}.',

  round: 'Tour',
  remaining: '{percent} restants',
  roundText: 'Tour {round} : {percent} des connexions, {count}',
  heroDense: 'réseau dense',
  heroTicket: 'ticket',
  heroControl: 'mêmes fils, nouveaux nombres',
  heroCaption: 'exactitude au test, moyenne de {seeds} graines',
  heroCaptionOne: 'exactitude au test, une graine',
  heroSlider: 'Tour montré par l’image',

  rewindButton: 'Rembobiner',
  rewindAgain: 'Avancer aux poids entraînés',
  oneSeed: 'Une graine',
  allSeeds: 'Les {seeds} graines',
  smallTitle: 'Exactitude au test à l’arrêt précoce',
  smallCaption:
    'De {from} à {to}. Points : moyenne de {seeds} graines ; bandes : de la valeur la plus basse à la plus haute.',
  savesBytes: 'Taille du réseau enregistré',
  savesRate: 'Vitesse d’entraînement',
  savesRecorded: 'Vitesses : mesurées nativement sur un cœur au moment de l’enregistrement.',
  savesHere: 'Vitesses : mesurées ici, tickets à côté de leurs témoins.',
  perSecond: '{rate} images/s',
  kilobytes: '{kb} kB',
  denseName: 'réseau dense, {count} connexions',
  ticketName: 'ticket, {count} connexions',
  smallName: 'né avec {count} connexions ({sizes})',
  samplesNote: 'Les survivants sont montrés plus densément que les autres.',
  agesNote: 'L’enregistrement ne contient que les connexions qui ont atteint le tour {round}.',
  recordedNote: 'Tiré de l’enregistrement.',
  raceNote: 'Courbes : images de validation. Nombres du texte : images de test((, moyenne de {seeds} graines)).',
  drawnNote: 'L’enregistrement ne peut pas lire ce que vous dessinez : calculez sur cet appareil, ou prenez une image de test.',
  differNote: 'La première image de test à laquelle le ticket et le témoin répondent différemment.',

  digits: {
    title: 'Un réseau qui lit des chiffres',
    body: `<p>Il reçoit une image de 28 × 28 pixels et répond par dix nombres : sa confiance en chaque chiffre. Il a appris sur {examples} chiffres manuscrits de MNIST[mnist].</p>
      <p>Sur des images qu’il n’a jamais vues, il a raison dans {dense} des cas.</p>`,
    do: 'Choisissez un autre chiffre.',
    watch: 'les dix barres du réseau dense, et où il hésite.',
  },
  connections: {
    title: 'Tout ce qu’il sait tient en {total} nombres',
    body: `<p>Chaque pixel est relié à chacune des 300 unités, chacune de celles-ci à 100 autres, et ces dernières aux dix chiffres. Chaque fil a un <em>poids</em> : un nombre, positif ou négatif.</p>
      <p>Ce sont toutes les connexions possibles. Dessinées ensemble, elles font une brume.</p>`,
    do: 'Pointez une unité, touchez-la, ou allez-y au clavier.',
    watch: 'combien de fils a une seule unité.',
  },
  train: {
    title: 'L’entraînement déplace les nombres',
    body: `<p>À la naissance, les poids sont tirés au hasard[glorot] ; appelons-les <math><msub><mi>θ</mi><mn>0</mn></msub></math>. Puis, {steps} fois : montrer {batch} images, voir à quel point les réponses sont fausses, déplacer un peu chaque poids[adam]. Il en sort <math><msub><mi>θ</mi><mi>T</mi></msub></math>.</p>
      <p>{validation} images restent à part pour suivre les progrès. Le pas où la perte sur ces images est la plus basse s’appelle <em>arrêt précoce</em>. Plus il vient tôt, plus le réseau apprend vite.</p>`,
    do: 'Changez de mesure.',
    watch: 'comme il apprend vite au début, et peu à la fin.',
  },
  prune: {
    title: 'Jeter les plus petits',
    body: `<p>Après l’entraînement, la plupart des poids sont proches de zéro. Un petit poids ne change presque aucune réponse. Donc : enlever dans chaque couche les {rate} les plus petits, dans la dernière la moitié de cette part, et les tenir à zéro désormais[obd][han].</p>
      <p>Ce qui reste est le <em>masque</em> <math><mi>m</mi></math> : pour chaque poids, garder ou enlever. Le réseau est maintenant <math><mi>m</mi><mo>⊙</mo><msub><mi>θ</mi><mi>T</mi></msub></math>.</p>`,
    do: 'Déplacez la coupe.',
    watch: 'combien de connexions partiraient, et à quel point elles sont petites.',
  },
  rewind: {
    title: 'Rembobiner',
    body: `<p>Voici l’idée étrange[lth]. Ne pas continuer avec les poids entraînés. Rendre à chaque survivant <strong>le nombre même avec lequel il est né</strong> :</p>
      <math display="block"><mi>m</mi><mo>⊙</mo><msub><mi>θ</mi><mn>0</mn></msub></math>
      <p>Le masque avec ces valeurs de naissance, c’est le <em>ticket</em>. De ce qu’il a appris, il ne reste rien, sinon le choix des connexions. L’image est en avance de {rounds} tours : on y voit les connexions une à une.</p>`,
    do: 'Appuyez sur <em>Rembobiner</em>.',
    watch: 'les couleurs : {sameSign} des survivants gardent le signe de leur naissance.',
  },
  again: {
    title: 'Encore et encore',
    body: `<p>Entraîner le ticket. Élaguer encore. Rembobiner encore. Chaque passage est un <em>tour</em>. Pour finir à une part <math><mi>P</mi></math> après <math><mi>n</mi></math> tours, chaque tour garde</p>
      <math display="block"><msup><mi>P</mi><mrow><mn>1</mn><mo>/</mo><mi>n</mi></mrow></msup></math>
      <p>de ce que le précédent a laissé. Ici, {rounds} tours mènent de {total} connexions à {lastCount}.</p>`,
    do: 'Parcourez les tours.',
    watch: 'la brume devenir des fils.',
  },
  ticket: {
    title: 'Si peu peut-il encore apprendre ?',
    body: `<p>Il reste {lastCount} connexions : {last}. Elles sont revenues à leurs valeurs de naissance : le réseau ne sait donc plus rien. Il reçoit les mêmes {steps} pas, sur les mêmes images, dans le même ordre.</p>`,
    do: 'Devinez. Le réseau dense atteint {dense}.',
    question: 'Combien d’images de test le ticket lira-t-il ?',
    watch: 'les deux courbes ; puis choisissez un tour où il reste davantage : certains tickets passent au-dessus du réseau dense.',
    after: `<p>Le ticket lit {ticket}. Quand il en reste {bestRemaining}, il lit {best} ; le réseau dense lit {dense}.</p>`,
  },
  control: {
    title: 'Les fils ou les nombres ?',
    body: `<p>Peut-être que tout réseau avec ces fils apprendrait aussi bien. Voici donc le témoin : <strong>les mêmes connexions, avec de nouveaux nombres</strong> tirés de la même loi. Mêmes lots, mêmes pas, côte à côte.</p>`,
    do: 'Devinez. Le ticket a atteint {ticket}.',
    question: 'Qu’atteindront les mêmes fils avec de nouveaux nombres ?',
    watch: 'les deux courbes dans les premières centaines de pas.',
    after: `<p>{control} : au-dessous du ticket, d’un écart en points de {gap}(( en moyenne, et cela pour {wins} graines sur {seeds})). Ce ne sont donc pas les fils seuls. Fils et valeurs de naissance vont ensemble : le <em>ticket gagnant</em>[lth].</p>
      <p class="small">Pour être honnête : peu de pas rendent l’écart grand, car le ticket apprend plus vite que le témoin. Sur 50 000 pas, comme dans l’article, il est d’environ un demi-point quand il reste 21 % des poids[lth], et d’un point à 3,6 %[replication].</p>`,
  },
  ladder: {
    title: 'Jusqu’où peut-on aller ?',
    body: `<p>Chaque tour est un point : combien il reste, et à quel point le réseau lit bien. L’axe est logarithmique, puisque chaque tour enlève une part de ce qui est encore là.</p>`,
    do: 'Dessinez la ligne du ticket avant de la voir.',
    question: 'Exactitude du ticket au test, tour après tour',
    watch: 'où le ticket quitte le niveau du réseau dense, et où le témoin le quitte.',
    after: `<p>Le ticket tient longtemps, puis il cède : à {last}, son écart au réseau dense, en points, est de {lossLast}. Le témoin décroche bien plus tôt.</p>`,
  },
  once: {
    title: 'Une fois, ou encore et encore ?',
    body: `<p>Les tours sont lents : chacun est un entraînement entier. On pourrait entraîner une fois, élaguer d’une seule coupe jusqu’à {last}, rembobiner, et voilà. C’est l’élagage <em>en une fois</em>.</p>`,
    do: 'Devinez. Le ticket itératif a atteint {ticket}.',
    question: 'Qu’atteindra le ticket de même taille trouvé en une fois ?',
    watch: 'l’écart entre les lignes à mesure qu’il reste moins.',
    after: `<p>En une fois : {oneShot}. Tant qu’il reste beaucoup, les deux se valent ; plus le ticket est petit, plus les tours sont payants. Après chacun, l’entraînement montre de nouveau quelles connexions comptent.</p>`,
  },
  survives: {
    title: 'Qu’est-ce qui survit ?',
    body: `<p>Un pixel dans un coin est noir sur toutes les images. Il ne dit rien, et la taille des poids le découvre d’elle-même. Les unités aussi peuvent mourir : sans fil qui entre ou qui sort, elles ne participent plus.</p>`,
    do: 'Devinez, puis choisissez un tour.',
    question: 'Sur 784 pixels, combien ont perdu toutes leurs connexions dans le dernier ticket ?',
    watch: 'la forme que dessinent les survivants, à côté du chiffre moyen.',
    after: `<p>{deadPixels} pixels sont débranchés, et {deadUnits} des 400 unités cachées sont mortes(( en moyenne)). Dans l’atlas, chaque petit carré montre les 28 × 28 fils d’une unité, colorés selon le nombre de tours qu’ils ont vécus.</p>`,
  },
  born: {
    title: 'Né chanceux ?',
    body: `<p>Le ticket gagnant existait avant l’entraînement : masque et valeurs de naissance. Testons-le donc <em>avant</em> l’entraînement. Prenez le réseau dense non entraîné, ne gardez que les survivants, ne changez aucun nombre. Dix chiffres : le hasard donne 10 %.</p>`,
    do: 'Devinez.',
    question: 'Combien d’images de test le dernier ticket lit-il sans entraînement ?',
    watch: 'les survivants : ils évitent une valeur de naissance nulle.',
    after: `<p>{untrained}, sans un seul pas d’entraînement. Le masque lui-même a appris : il garde ce qui pointait déjà dans la bonne direction[zhou]. Voilà pourquoi les valeurs de naissance comptent. De nouveaux nombres pointent n’importe où.</p>`,
  },
  large: {
    title: 'Alors pourquoi commencer grand ?',
    body: `<p>Si {lastCount} connexions suffisent, pourquoi ne pas naître avec autant ? Voici un petit réseau, entièrement relié, avec à peu près le même nombre de poids, entraîné de la même façon.</p>`,
    do: 'Devinez. Le ticket a atteint {ticket}.',
    question: 'Qu’atteint un réseau né avec {smallCount} connexions ?',
    watch: 'les deux petits réseaux : même taille, autre naissance.',
    after: `<p>{small}. Un grand réseau est une urne pleine de tickets : plus il y a de connexions possibles, plus il est probable qu’un choix chanceux s’y trouve[lth]. La théorie dit de même à la limite : un réseau aléatoire assez grand contient un bon petit réseau, sans aucun entraînement[malach].</p>`,
  },
  saves: {
    title: 'Qu’est-ce que cela économise ?',
    body: `<p>Un poids enlevé vaut zéro. Il n’est pas nécessaire de l’enregistrer, ni de multiplier par lui. La plupart des programmes le font quand même ; le moteur de cette page saute les zéros.</p>`,
    do: 'Devinez.',
    question: 'Le réseau dense occupe {bytesDense} sur le disque. Et le dernier ticket ?',
    watch: 'les octets et la vitesse, mesurés.',
    after: `<p>{bytesTicket} sur le disque, et l’entraînement est {faster} fois aussi rapide que celui du réseau dense. Le revers : pour trouver le ticket, il a fallu entraîner d’abord le réseau dense, puis chaque tour.</p>`,
  },
  seeds: {
    title: 'Un seul calcul ne prouve rien',
    body: `<p>Autre graine, autre réseau : d’autres valeurs de naissance, d’autres lots, un autre ticket. Un calcul isolé peut montrer presque tout ; l’enregistrement a donc {seeds} graines, et des bandes de la valeur la plus basse à la plus haute.</p>`,
    do: 'Passez d’une graine à toutes.',
    watch: 'jusqu’où une ligne peut errer dans la bande.',
    after: `<p>Le ticket bat le témoin pour {wins} graines sur {seeds}, de {gapMin} à {gapMax} points. Face au réseau dense, les différences sont petites, et les graines se contredisent.</p>`,
  },
  page: {
    title: 'Lottery Ticket : on peut jeter l’essentiel d’un réseau de neurones',
    description:
      'Entraînez un réseau de neurones dans votre navigateur, jetez-en l’essentiel, rembobinez le reste à sa naissance et regardez-le apprendre à nouveau. L’hypothèse du billet de loterie, sur votre appareil.',
    pages: 'Page',
    skip: 'Aller à la leçon',
    navLesson: 'Leçon',
    navLaboratory: 'Laboratoire',
    navSince: 'Depuis',
    navLimits: 'Limites',
    navSources: 'Sources',
    theme: 'Thème',
    themeAuto: 'Auto',
    themeLight: 'Clair',
    themeDark: 'Sombre',
    headline: 'On peut jeter l’essentiel d’un réseau de neurones',
    lede: `<p>Entraînez-le, enlevez les plus petits poids, rendez aux autres les nombres avec lesquels ils sont nés, et entraînez de nouveau. Avec un huitième des connexions, il apprend encore aussi bien que le tout.</p>
      <p>Donnez aux mêmes connexions de nouveaux nombres au hasard, et il apprend moins bien. C’est l’hypothèse du billet de loterie. Vous pouvez la voir à l’œuvre ici, sur votre appareil, en quelques secondes.</p>`,
    lessonTitle: 'Comment trouver un ticket gagnant',
    lessonLede: 'Quinze courtes étapes, une dizaine de minutes. Chaque image vient d’un vrai calcul ; devinez avant de regarder, on retient mieux.',
    laboratoryTitle: 'Le laboratoire',
    laboratoryLede: 'Changez tout : la graine, la part élaguée par tour, la règle, les témoins. Le même moteur et les mêmes bits qu’en ligne de commande ; l’adresse contient tout ce que vous choisissez, un lien est donc une expérience.',
    sinceTitle: 'Ce qu’on sait depuis',
    since: `<h3>Les grands réseaux doivent être rembobinés plus tard</h3>
      <p>Sur les réseaux profonds pour photographies, rembobiner jusqu’à la naissance ne trouve pas de ticket gagnant. Rembobiner à un pas précoce de l’entraînement, après quelques pour cent ou moins, y parvient. Deux copies du réseau entraînées ensuite sur des données ordonnées différemment finissent alors dans la même vallée ; c’est là que le ticket semble tiré au sort[lmc]. Pour le petit réseau de cette page, le pas 0 est assez tôt.</p>
      <h3>Pour la seule exactitude, rembobiner les poids n’est pas nécessaire</h3>
      <p>Rejouer l’évolution du taux d’apprentissage à partir des poids entraînés élague aussi bien ou mieux[renda]. Avec un grand taux d’apprentissage, certains réseaux élagués apprennent aussi bien à partir de nouveaux poids[liu]. Ce que le ticket a de particulier, c’est qu’il apprend dès sa naissance, ou peu après.</p>
      <h3>Le masque seul en porte beaucoup</h3>
      <p>Un masque sur un réseau non entraîné lit déjà les chiffres bien mieux que le hasard[zhou], et l’on peut trouver un masque qui rend bon un grand réseau aléatoire sans entraîner un seul poids[ramanujan]. Il est prouvé qu’un réseau assez grand contient une telle partie[malach].</p>
      <h3>Personne ne peut encore acheter le ticket à bas prix</h3>
      <p>Les scores qui choisissent les connexions avant l’entraînement font moins bien que l’élagage après coup, et mélanger leurs masques dans une couche, ou tirer de nouveaux poids, ne leur nuit guère[missing][sanity]. Ils apprennent combien garder de chaque couche, non quelles connexions.</p>
      <h3>Les tickets voyagent</h3>
      <p>Un ticket trouvé sur une collection de photographies peut gagner sur une autre, et avec un autre optimiseur[morcos].</p>`,
    limitsTitle: 'Limites de ce que vous avez vu',
    limits: `<ul>
        <li><strong>MNIST est facile.</strong> Un réseau qui ne voit que des lignes droites lit déjà neuf chiffres sur dix. Ce qui vaut ici ne vaut pas forcément pour des photographies, la langue, ou quoi que ce soit de grand.</li>
        <li><strong>La leçon est courte.</strong> Elle s’entraîne sur une partie de MNIST en peu de pas, pour ne durer que quelques secondes. Un entraînement court favorise ce qui apprend vite, et c’est le cas du ticket : l’écart au témoin est plus grand qu’après les 50 000 pas de l’article. Le préréglage <code>paper</code> du laboratoire les calcule.</li>
        <li><strong>Une graine est une anecdote.</strong> Regardez les bandes, non une seule ligne. Une réplication soigneuse sur cinq graines a confirmé six des sept affirmations de l’article sur ce réseau ; que les tickets apprennent 38 % plus tôt que le réseau dense, elle n’a pu le confirmer, car ce nombre varie trop d’une graine à l’autre[replication].</li>
        <li><strong>Trouver coûte plus que cela n’économise.</strong> Chaque tour est un entraînement. Le ticket est une découverte sur les réseaux, pas encore un moyen de les entraîner à bas prix.</li>
        <li><strong>Il est difficile de profiter de zéros épars.</strong> Ils n’aident que le code qui les saute, comme le moteur de cette page ; le matériel courant les multiplie comme tout autre nombre.</li>
      </ul>`,
    sourcesTitle: 'Sources',
    credits: `<p>Les images sont MNIST, de Yann LeCun, Corinna Cortes et Christopher J. C. Burges, sous <a href="https://creativecommons.org/licenses/by-sa/3.0/">CC BY-SA 3.0</a>. L’expérience est de Jonathan Frankle et Michael Carbin.</p>
      <p>Tout est calculé sur votre appareil. Cette page n’envoie rien, ne pose aucun cookie, et ne charge rien d’autres serveurs. Le code est libre, sous licence MIT.</p>`,
  },
};
