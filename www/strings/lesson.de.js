/** Die Lektion auf Deutsch; die Schlüssel sind die von lesson.en.js. */
export default {
  cite: 'Quelle',
  steps: 'Schritte',
  stepOf: 'Schritt {n} von {count}',
  next: 'Weiter: {title}',
  lastNext: 'Weiter ins Labor',
  do: 'Tun',
  watch: 'Sehen',
  isDone: 'erledigt',

  run: 'Auf diesem Gerät rechnen',
  runAgain: 'Noch einmal, mit neuem Startwert',
  pause: 'Lauf anhalten',
  resume: 'Lauf fortsetzen',
  stop: 'Zurück zur Aufzeichnung',
  recorded: 'Aufgezeichneter Lauf: {date}, {seeds} Startwerte, Voreinstellung {preset}.',
  recordedShort: 'Aufgezeichnet {date}, {seeds} Startwerte',
  recordedMore:
    'Kurven und Bilder zeigen Startwert {seed}; Bänder und Mittel gehen über alle {seeds}. {examples} Trainingsbilder, {steps} Schritte je Runde, {rounds} Runden.',
  liveDone: 'Ihr Lauf: Startwert {seed}, {seconds} s auf diesem Gerät.',
  sameBits: 'Dasselbe Los wie das aufgezeichnete, bis aufs letzte Bit.',
  loading: 'Daten werden geholt …',
  running: 'Runde {round} von {rounds}',
  left: 'noch {seconds} s',
  failedRun: 'Der Lauf brach ab: {message}',
  noRecording: 'Die Aufzeichnung fehlt: {message}',

  guessButton: 'Zeigen, was geschah',
  guessSkip: 'Ohne Schätzung zeigen',
  guessFirst: 'Erst schätzen.',
  guessAgain: 'Noch einmal schätzen',
  yourGuess: 'Ihre Schätzung',
  outcome: 'Was geschah',
  sketchHelp: 'Ziehen Sie die Punkte hinauf oder hinunter, oder nehmen Sie die Pfeiltasten.',
  sketchPoint: 'Ihre Schätzung bei {remaining} Rest',
  sketchResult: 'Ihre Linie liegt im Mittel {points} Punkte daneben.',
  guessOff: 'Sie sagten {guess}. Es waren {outcome}.',
  guessSpread: '{seeds} Startwerte: {min} bis {max}.',

  round: 'Runde',
  remaining: '{percent} übrig',
  roundText: 'Runde {round}: {percent} der Verbindungen, {count}',
  heroDense: 'volles Netz',
  heroTicket: 'Los',
  heroControl: 'gleiche Drähte, neue Zahlen',
  heroCaption: 'Genauigkeit auf Testbildern, Mittel über {seeds} Startwerte',
  heroCaptionOne: 'Genauigkeit auf Testbildern, ein Startwert',
  heroSlider: 'Runde, die das Bild zeigt',

  rewindButton: 'Zurückspulen',
  rewindAgain: 'Vor zu den trainierten',
  oneSeed: 'Ein Startwert',
  allSeeds: 'Alle {seeds} Startwerte',
  smallTitle: 'Testgenauigkeit beim frühen Halt',
  smallCaption:
    'Von {from} bis {to}. Punkte: Mittel über {seeds} Startwerte; Bänder: kleinster bis größter Wert.',
  savesBytes: 'Größe des gespeicherten Netzes',
  savesRate: 'Tempo des Trainings',
  savesRecorded: 'Tempo: nativ auf einem Kern gemessen, als der Lauf aufgezeichnet wurde.',
  savesHere: 'Tempo: hier gemessen, Lose neben ihren Kontrollen.',
  perSecond: '{rate} Bilder/s',
  kilobytes: '{kb} kB',
  denseName: 'volles Netz, {count} Verbindungen',
  ticketName: 'Los, {count} Verbindungen',
  smallName: 'geboren mit {count} Verbindungen ({sizes})',
  samplesNote: 'Die Überlebenden sind dichter gezeigt als die übrigen.',
  agesNote: 'Die Aufzeichnung enthält nur Verbindungen, die Runde {round} erreicht haben.',
  recordedNote: 'Aus der Aufzeichnung.',
  raceNote: 'Kurven: Validierungsbilder. Zahlen im Text: Testbilder((, Mittel über {seeds} Startwerte)).',
  drawnNote: 'Die Aufzeichnung kann nicht lesen, was Sie zeichnen: Rechnen Sie auf diesem Gerät, oder nehmen Sie ein Testbild.',
  differNote: 'Das erste Testbild, auf dem Los und Kontrolle Verschiedenes sagen.',

  digits: {
    title: 'Ein Netz, das Ziffern liest',
    body: `<p>Es bekommt ein Bild aus 28 × 28 Pixeln und antwortet mit zehn Zahlen: wie sicher es sich jeder Ziffer ist. Gelernt hat es an {examples} handgeschriebenen Ziffern aus MNIST[mnist].</p>
      <p>Bei Bildern, die es nie gesehen hat, liegt es in {dense} der Fälle richtig.</p>`,
    do: 'Wählen Sie eine andere Ziffer.',
    watch: 'die zehn Balken des vollen Netzes, und wo es zögert.',
  },
  connections: {
    title: 'Alles, was es weiß, sind {total} Zahlen',
    body: `<p>Jedes Pixel ist mit jeder von 300 Einheiten verdrahtet, jede davon mit 100 weiteren, und diese mit den zehn Ziffern. Jeder Draht hat ein <em>Gewicht</em>: eine Zahl, positiv oder negativ.</p>
      <p>Das sind alle Verbindungen, die es geben kann. Auf einmal gezeichnet sind sie ein Nebel.</p>`,
    do: 'Zeigen Sie auf eine Einheit, tippen Sie sie an, oder gehen Sie mit der Tastatur hin.',
    watch: 'wie viele Drähte eine einzige Einheit hat.',
  },
  train: {
    title: 'Training bewegt die Zahlen',
    body: `<p>Bei der Geburt sind die Gewichte zufällig[glorot]; sie heißen <math><msub><mi>θ</mi><mn>0</mn></msub></math>. Dann, {steps} Mal: {batch} Bilder zeigen, nachsehen, wie falsch die Antworten sind, jedes Gewicht ein wenig verschieben[adam]. Heraus kommt <math><msub><mi>θ</mi><mi>T</mi></msub></math>.</p>
      <p>{validation} Bilder bleiben beiseite, um den Fortschritt zu sehen. Der Schritt, bei dem der Verlust auf ihnen am kleinsten ist, heißt <em>früher Halt</em>. Je früher, desto schneller lernt es.</p>`,
    do: 'Wechseln Sie das Maß.',
    watch: 'wie schnell es anfangs lernt, und wie langsam am Ende.',
  },
  prune: {
    title: 'Das Kleinste weg',
    body: `<p>Nach dem Training sind die meisten Gewichte fast null. Ein kleines Gewicht ändert kaum eine Antwort. Also: in jeder Schicht die kleinsten {rate} entfernen, in der letzten den halben Anteil, und von nun an auf null halten[obd][han].</p>
      <p>Was bleibt, ist die <em>Maske</em> <math><mi>m</mi></math>: für jedes Gewicht behalten oder entfernen. Das Netz ist jetzt <math><mi>m</mi><mo>⊙</mo><msub><mi>θ</mi><mi>T</mi></msub></math>.</p>`,
    do: 'Ziehen Sie den Schnitt.',
    watch: 'wie viele Verbindungen wegfielen, und wie klein sie sind.',
  },
  rewind: {
    title: 'Zurückspulen',
    body: `<p>Nun die seltsame Idee[lth]. Nicht mit den trainierten Gewichten weitermachen, sondern jeden Überlebenden zurücksetzen auf <strong>genau die Zahl, mit der er geboren wurde</strong>:</p>
      <math display="block"><mi>m</mi><mo>⊙</mo><msub><mi>θ</mi><mn>0</mn></msub></math>
      <p>Die Maske zusammen mit diesen Geburtswerten ist das <em>Los</em>. Vom Gelernten bleibt nur, welche Verbindungen es gibt. Das Bild ist {rounds} Runden weiter: Dort sind die Verbindungen einzeln zu sehen.</p>`,
    do: 'Drücken Sie auf <em>Zurückspulen</em>.',
    watch: 'die Farben: {sameSign} der Überlebenden behalten das Vorzeichen ihrer Geburt.',
  },
  again: {
    title: 'Wieder und wieder',
    body: `<p>Das Los trainieren. Wieder ausdünnen. Wieder zurückspulen. Jedes Mal ist eine <em>Runde</em>. Um nach <math><mi>n</mi></math> Runden beim Anteil <math><mi>P</mi></math> zu enden, behält jede Runde</p>
      <math display="block"><msup><mi>P</mi><mrow><mn>1</mn><mo>/</mo><mi>n</mi></mrow></msup></math>
      <p>dessen, was die letzte ließ. Hier führen {rounds} Runden von {total} Verbindungen zu {lastCount}.</p>`,
    do: 'Gehen Sie durch die Runden.',
    watch: 'wie aus Nebel Drähte werden.',
  },
  ticket: {
    title: 'Kann so wenig noch lernen?',
    body: `<p>{lastCount} Verbindungen sind übrig: {last}. Sie stehen wieder auf ihren Geburtswerten, das Netz weiß also nichts mehr. Es bekommt dieselben {steps} Schritte mit denselben Bildern in derselben Reihenfolge.</p>`,
    do: 'Schätzen Sie. Das volle Netz erreicht {dense}.',
    question: 'Wie viele der Testbilder wird das Los lesen?',
    watch: 'die beiden Kurven; dann wählen Sie eine Runde mit mehr Rest: Manche Lose steigen über das volle Netz.',
    after: `<p>Das Los liest {ticket}. Bei {bestRemaining} Rest liest es {best}; das volle Netz liest {dense}.</p>`,
  },
  control: {
    title: 'Die Drähte oder die Zahlen?',
    body: `<p>Vielleicht würde jedes Netz mit diesen Drähten so gut lernen. Darum die Kontrolle: <strong>dieselben Verbindungen mit frischen Zufallszahlen</strong> aus derselben Verteilung. Dieselben Bilder, dieselben Schritte, Seite an Seite.</p>`,
    do: 'Schätzen Sie. Das Los erreichte {ticket}.',
    question: 'Was werden dieselben Drähte mit neuen Zahlen erreichen?',
    watch: 'die beiden Kurven in den ersten paar hundert Schritten.',
    after: `<p>{control}: ((im Mittel )){gap} Punkte unter dem Los((, und darunter bei {wins} von {seeds} Startwerten)). Es sind also nicht die Drähte allein. Drähte und Geburtswerte gehören zusammen: Das ist das <em>Gewinnlos</em>[lth].</p>
      <p class="small">Ehrlich gesagt: Wenige Schritte machen den Abstand groß, weil das Los schneller lernt als die Kontrolle. Über 50.000 Schritte wie im Artikel ist es etwa ein halber Punkt bei 21 % Rest[lth] und ein Punkt bei 3,6 %[replication].</p>`,
  },
  ladder: {
    title: 'Wie weit kann man gehen?',
    body: `<p>Jede Runde ist ein Punkt: wie viel übrig ist und wie gut das Netz liest. Die Achse ist logarithmisch, denn jede Runde nimmt einen Anteil dessen, was noch da ist.</p>`,
    do: 'Zeichnen Sie die Linie des Loses, bevor Sie sie sehen.',
    question: 'Testgenauigkeit des Loses, Runde für Runde',
    watch: 'wo das Los die Höhe des vollen Netzes verlässt, und wo die Kontrolle.',
    after: `<p>Das Los hält lange mit, dann bricht es ein: Bei {last} liegt es {lossLast} Punkte vom vollen Netz entfernt. Die Kontrolle fällt viel früher zurück.</p>`,
  },
  once: {
    title: 'Einmal oder immer wieder?',
    body: `<p>Runden sind langsam: Jede ist ein ganzes Training. Man könnte einmal trainieren, mit einem Schnitt auf {last} gehen, zurückspulen, fertig. Das ist Ausdünnen <em>auf einen Schlag</em>.</p>`,
    do: 'Schätzen Sie. Das Los aus vielen Runden erreichte {ticket}.',
    question: 'Was erreicht das ebenso kleine Los aus einem einzigen Schnitt?',
    watch: 'wie sich der Abstand der Linien ändert, je weniger übrig ist.',
    after: `<p>Auf einen Schlag: {oneShot}. Ist viel übrig, gleichen sich beide; je kleiner das Los, desto mehr lohnen die Runden. Nach jeder zeigt das Training neu, welche Verbindungen zählen.</p>`,
  },
  survives: {
    title: 'Was überlebt?',
    body: `<p>Ein Pixel in der Ecke ist auf jedem Bild schwarz. Es sagt nichts, und die Größe der Gewichte findet das von selbst heraus. Auch Einheiten können sterben: Ohne Draht hinein oder hinaus nehmen sie nicht teil.</p>`,
    do: 'Schätzen Sie, dann wählen Sie eine Runde.',
    question: 'Wie viele der 784 Pixel haben im letzten Los keine Verbindung mehr?',
    watch: 'die Form, die die Überlebenden zeichnen, neben der mittleren Ziffer.',
    after: `<p>{deadPixels} Pixel sind abgeklemmt, und {deadUnits} von 400 verborgenen Einheiten sind ((im Mittel ))tot. Im Atlas ist jedes kleine Quadrat das Feld der 28 × 28 Drähte einer Einheit, gefärbt nach der Zahl der Runden, die sie überlebten.</p>`,
  },
  born: {
    title: 'Mit Glück geboren?',
    body: `<p>Das Gewinnlos gab es schon vor dem Training: Maske und Geburtswerte. Also prüfen wir es <em>vor</em> dem Training. Das untrainierte volle Netz nehmen, nur die Überlebenden behalten, keine Zahl ändern. Zehn Ziffern: Zufall wären 10 %.</p>`,
    do: 'Schätzen Sie.',
    question: 'Wie viele Testbilder liest das letzte Los, ganz ohne Training?',
    watch: 'wie die Überlebenden einen Geburtswert von null meiden.',
    after: `<p>{untrained}, ohne einen einzigen Trainingsschritt. Die Maske selbst hat gelernt: Sie behält, was schon in die richtige Richtung wies[zhou]. Darum zählen die Geburtswerte. Neue Zahlen weisen irgendwohin.</p>`,
  },
  large: {
    title: 'Warum dann groß anfangen?',
    body: `<p>Wenn {lastCount} Verbindungen genügen, warum nicht gleich mit so vielen geboren werden? Hier ist ein kleines Netz, voll verdrahtet, mit ungefähr so vielen Gewichten, ebenso trainiert.</p>`,
    do: 'Schätzen Sie. Das Los erreichte {ticket}.',
    question: 'Was erreicht ein Netz, das mit {smallCount} Verbindungen geboren wird?',
    watch: 'die beiden kleinen: gleiche Größe, andere Geburt.',
    after: `<p>{small}. Ein großes Netz ist eine Trommel mit vielen Losen: Je mehr mögliche Verbindungen, desto eher ist eine glückliche Auswahl darunter[lth]. Die Theorie sagt im Grenzfall dasselbe: Ein genügend großes Zufallsnetz enthält ein gutes kleines, ganz ohne Training[malach].</p>`,
  },
  saves: {
    title: 'Was spart es?',
    body: `<p>Ein entferntes Gewicht ist null. Man muss es nicht speichern, und mit null muss man nicht malnehmen. Die meisten Programme tun es trotzdem; das Rechenwerk dieser Seite überspringt die Nullen.</p>`,
    do: 'Schätzen Sie.',
    question: 'Das volle Netz braucht {bytesDense} auf der Platte. Und das letzte Los?',
    watch: 'Bytes und Tempo, gemessen.',
    after: `<p>{bytesTicket} auf der Platte, und das Training ist {faster}-mal so schnell wie beim vollen Netz. Der Haken: Um das Los zu finden, musste erst das volle Netz trainiert werden, und danach jede Runde.</p>`,
  },
  seeds: {
    title: 'Ein Lauf beweist nichts',
    body: `<p>Anderer Startwert, anderes Netz: andere Geburtswerte, andere Reihenfolge, anderes Los. Ein einzelner Lauf kann fast alles zeigen; darum hat die Aufzeichnung {seeds} Startwerte, und Bänder vom kleinsten zum größten Wert.</p>`,
    do: 'Wechseln Sie zwischen einem Startwert und allen.',
    watch: 'wie weit eine Linie im Band wandern kann.',
    after: `<p>Das Los schlägt die Kontrolle bei {wins} von {seeds} Startwerten, um {gapMin} bis {gapMax} Punkte. Gegen das volle Netz sind die Unterschiede klein, und einzelne Startwerte widersprechen sich.</p>`,
  },
  page: {
    title: 'Lottery Ticket: Das meiste an einem neuronalen Netz kann man wegwerfen',
    description:
      'Trainieren Sie im Browser ein neuronales Netz, werfen Sie das meiste davon weg, spulen Sie den Rest bis zu seiner Geburt zurück, und sehen Sie zu, wie er wieder lernt. Die Lotterielos-Hypothese, auf Ihrem eigenen Gerät.',
    pages: 'Seite',
    skip: 'Zur Lektion',
    navLesson: 'Lektion',
    navLaboratory: 'Labor',
    navSince: 'Seither bekannt',
    navLimits: 'Grenzen',
    navSources: 'Quellen',
    theme: 'Farbschema',
    themeAuto: 'Auto',
    themeLight: 'Hell',
    themeDark: 'Dunkel',
    headline: 'Das meiste an einem neuronalen Netz kann man wegwerfen',
    lede: `<p>Man trainiert es, entfernt die kleinsten Gewichte, setzt die übrigen auf die Zahlen zurück, mit denen sie geboren wurden, und trainiert von neuem. Mit einem Achtel der Verbindungen lernt es noch so gut wie das Ganze.</p>
      <p>Gibt man denselben Verbindungen neue Zufallszahlen, lernt es schlechter. Das ist die Lotterielos-Hypothese. Hier kann man zusehen, auf dem eigenen Gerät, in Sekunden.</p>`,
    lessonTitle: 'Wie man ein Gewinnlos findet',
    lessonLede: 'Fünfzehn kurze Schritte, etwa zehn Minuten. Jedes Bild kommt aus einem echten Lauf; wer erst schätzt und dann hinsieht, behält es besser.',
    laboratoryTitle: 'Das Labor',
    laboratoryLede: 'Ändern Sie, was Sie wollen: den Startwert, den Anteil je Runde, die Regel, die Kontrollen. Dasselbe Rechenwerk und dieselben Bits wie auf der Kommandozeile; alles Gewählte steht in der Adresse, ein Link ist also ein Experiment.',
    sinceTitle: 'Was man seither weiß',
    since: `<h3>Große Netze muss man später zurückspulen</h3>
      <p>Bei tiefen Netzen für Fotos findet das Zurückspulen bis zur Geburt kein Gewinnlos. Spult man auf einen frühen Schritt des Trainings zurück, nach wenigen Prozent oder noch weniger, gelingt es. Zwei Kopien des Netzes, auf verschieden geordneten Daten weitertrainiert, enden dann im selben Tal; dort scheint das Los gezogen zu werden[lmc]. Beim kleinen Netz dieser Seite ist Schritt 0 früh genug.</p>
      <h3>Für die Genauigkeit allein muss man die Gewichte nicht zurückspulen</h3>
      <p>Spielt man von den trainierten Gewichten aus den Verlauf der Lernrate noch einmal ab, geht das Ausdünnen ebenso gut oder besser[renda]. Mit großer Lernrate lernen manche ausgedünnten Netze auch aus frischen Gewichten ebenso gut[liu]. Das Besondere am Los ist, dass es von seiner Geburt an lernt, oder kurz danach.</p>
      <h3>Die Maske allein trägt viel davon</h3>
      <p>Eine Maske auf einem untrainierten Netz liest Ziffern schon weit besser als der Zufall[zhou], und man kann eine Maske finden, die ein großes Zufallsnetz gut macht, ohne ein Gewicht zu trainieren[ramanujan]. Es ist bewiesen, dass ein genügend großes einen solchen Teil enthält[malach].</p>
      <h3>Billig kaufen kann man das Los noch nicht</h3>
      <p>Verfahren, die Verbindungen vor dem Training auswählen, sind schlechter als das Ausdünnen danach, und es schadet ihnen kaum, wenn man ihre Masken innerhalb der Schicht mischt oder neue Gewichte auslost[missing][sanity]. Sie lernen, wie viel von jeder Schicht zu behalten ist, nicht welche Verbindungen.</p>
      <h3>Lose reisen</h3>
      <p>Ein Los, das an einer Sammlung von Fotos gefunden wurde, kann an einer anderen gewinnen, und mit einem anderen Optimierer[morcos].</p>`,
    limitsTitle: 'Grenzen dessen, was Sie gesehen haben',
    limits: `<ul>
        <li><strong>MNIST ist leicht.</strong> Schon ein Netz, das nur gerade Linien sieht, liest neun von zehn Ziffern. Was hier gilt, muss für Fotos, Sprache oder irgendetwas Großes nicht gelten.</li>
        <li><strong>Die Lektion ist kurz.</strong> Sie trainiert auf einem Teil von MNIST mit wenigen Schritten, damit sie Sekunden dauert. Kurzes Training begünstigt, was schnell lernt, und das tut das Los: Der Abstand zur Kontrolle ist größer als nach den 50.000 Schritten des Artikels. Die Voreinstellung <code>paper</code> im Labor rechnet diese.</li>
        <li><strong>Ein Startwert ist eine Anekdote.</strong> Achten Sie auf die Bänder, nicht auf eine Linie. Eine sorgfältige Wiederholung mit fünf Startwerten bestätigte sechs von sieben Aussagen des Artikels zu diesem Netz; dass Lose 38 % früher lernen als das volle Netz, konnte sie nicht bestätigen, denn diese Zahl schwankt zu sehr von Startwert zu Startwert[replication].</li>
        <li><strong>Finden kostet mehr, als es spart.</strong> Jede Runde ist ein Training. Das Los ist eine Entdeckung über Netze, noch kein Weg zu billigem Training.</li>
        <li><strong>Vom Ausdünnen einzelner Gewichte hat man schwer etwas.</strong> Einzelne Nullen helfen nur Programmen, die sie überspringen, wie dem Rechenwerk dieser Seite; übliche Hardware rechnet mit ihnen wie mit jeder anderen Zahl.</li>
      </ul>`,
    sourcesTitle: 'Quellen',
    credits: `<p>Die Bilder sind MNIST, von Yann LeCun, Corinna Cortes und Christopher J. C. Burges, unter <a href="https://creativecommons.org/licenses/by-sa/3.0/">CC BY-SA 3.0</a>. Das Experiment ist von Jonathan Frankle und Michael Carbin.</p>
      <p>Alles wird auf Ihrem Gerät gerechnet. Diese Seite schickt nichts fort, setzt keine Cookies und lädt nichts von anderen Servern. Der Code ist frei, unter der MIT-Lizenz.</p>`,
  },
};
