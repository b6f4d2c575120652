// What the element says on other people's pages; one table for all languages, since it is short.

/** @typedef {Record<string, string>} Table */

/** @type {Table} */
const en = {
  run: 'Run it on this machine',
  runHint: 'Loads {size} and trains on this device; nothing is sent anywhere.',
  recorded: 'Recorded on {date}, seed {seed}: one real run, not computed here.',
  loading: 'The recorded run is loading.',
  noRecording: 'The recorded run could not be loaded; the experiment can still be run.',
  unknownFigure: 'There is no figure “{figure}”. There are: {figures}.',
  noWorkers: 'This page allows no background workers, so the training runs between its other work: slower, and the page may stutter.',
  away: 'Paused while it is out of sight.',
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
