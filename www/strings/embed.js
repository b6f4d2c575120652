// What the element says on other people's pages; one table for all languages, since it is short.

/** @typedef {Record<string, string>} Table */

const en = {
  run: 'Run it on this machine',
  runHint: 'Loads {size} and trains on this device; nothing is sent anywhere.',
  recorded: 'Recorded on {date}, seed {seed}: one real run, not computed here.',
  loading: 'The recorded run is loading.',
  noRecording: 'The recorded run could not be loaded; the experiment can still be run.',
  unknownFigure: 'There is no figure “{figure}”. There are: {figures}.',
  noWorkers: 'This page allows no background workers, so the training runs between its other work: slower, and the page may stutter.',
  away: 'Paused while it is out of sight.',
  recordedSeeds: 'Recorded on {date}, {count} seeds: real runs, not computed here.',
  embed: 'Embed',
  title: 'This experiment on a page of yours',
  close: 'Close',
  figure: 'Figure',
  laboratory: 'the whole laboratory',
  asElement: 'as an element (script)',
  asFrame: 'as a frame',
  snippet: 'What to paste',
  copy: 'Copy',
  copied: 'Copied.',
  notCopied: 'The browser did not let it be copied: it is selected.',
  weight: 'At first a reader loads {first} (script and recorded picture, gzip); {engine} of engine and 3 MB of data follow when it is run.',
  preview: 'As it will look',
};

/** @type {Table} */
const de = {
  run: 'Auf diesem Gerät rechnen',
  runHint: 'Lädt {size} und trainiert auf diesem Gerät; nichts wird irgendwohin gesendet.',
  recorded: 'Aufgezeichnet am {date}, Startwert {seed}: ein echter Lauf, nicht hier gerechnet.',
  loading: 'Der aufgezeichnete Lauf wird geladen.',
  noRecording: 'Der aufgezeichnete Lauf konnte nicht geladen werden; das Experiment lässt sich trotzdem rechnen.',
  unknownFigure: 'Eine Abbildung „{figure}“ gibt es nicht. Es gibt: {figures}.',
  noWorkers: 'Diese Seite erlaubt keine Hintergrundprozesse; trainiert wird deshalb zwischen ihrer übrigen Arbeit: langsamer, und die Seite kann stocken.',
  away: 'Angehalten, solange es nicht zu sehen ist.',
  recordedSeeds: 'Aufgezeichnet am {date}, {count} Startwerte: echte Läufe, nicht hier gerechnet.',
  embed: 'Einbetten',
  title: 'Dieses Experiment auf Ihrer eigenen Seite',
  close: 'Schließen',
  figure: 'Abbildung',
  laboratory: 'das ganze Labor',
  asElement: 'als Element (Skript)',
  asFrame: 'als Rahmen',
  snippet: 'Das ist einzufügen',
  copy: 'Kopieren',
  copied: 'Kopiert.',
  notCopied: 'Der Browser ließ das Kopieren nicht zu: der Text ist markiert.',
  weight: 'Zuerst lädt ein Leser {first} (Skript und aufgezeichnetes Bild, gzip); {engine} Rechenkern und 3 MB Daten folgen, wenn gerechnet wird.',
  preview: 'So wird es aussehen',
};

/** @type {Table} */
const fr = {
  run: 'Lancer sur cet appareil',
  runHint: 'Charge {size} et s’entraîne sur cet appareil ; rien n’est envoyé nulle part.',
  recorded: 'Enregistré le {date}, graine {seed} : un vrai essai, non calculé ici.',
  loading: 'L’essai enregistré se charge.',
  noRecording: 'L’essai enregistré n’a pas pu être chargé ; l’expérience peut quand même être lancée.',
  unknownFigure: 'La figure « {figure} » n’existe pas. Il y a : {figures}.',
  noWorkers: 'Cette page n’autorise aucun processus en arrière-plan : l’entraînement se glisse entre ses autres tâches, plus lentement, et la page peut saccader.',
  away: 'En pause tant que la figure n’est pas visible.',
  recordedSeeds: 'Enregistré le {date}, {count} graines : de vrais essais, non calculés ici.',
  embed: 'Intégrer',
  title: 'Cette expérience sur votre page',
  close: 'Fermer',
  figure: 'Figure',
  laboratory: 'le laboratoire entier',
  asElement: 'comme élément (script)',
  asFrame: 'comme cadre',
  snippet: 'À coller',
  copy: 'Copier',
  copied: 'Copié.',
  notCopied: 'Le navigateur n’a pas permis la copie : le texte est sélectionné.',
  weight: 'Le lecteur charge d’abord {first} (script et image enregistrée, gzip) ; {engine} de moteur et 3 Mo de données suivent au lancement.',
  preview: 'Aperçu',
};

/** @type {Record<string, Table>} */
export const EMBED_STRINGS = { en, de, fr };

/**
 * @param {string} lang
 * @param {keyof typeof en} key
 * @param {Record<string, string | number>} [params]
 */
export function sayEmbed(lang, key, params = {}) {
  const text = (EMBED_STRINGS[lang.toLowerCase().split('-')[0]] ?? en)[key] ?? en[key];
  return text.replace(/\{(\w+)\}/g, (whole, name) => (params[name] === undefined ? whole : String(params[name])));
}
