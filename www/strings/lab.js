// The sentences of the laboratory and the element, added to those of the figures when either is loaded.
import { addStrings } from './index.js';
import en from './lab.en.js';

addStrings(en, { de: () => import('./lab.de.js'), fr: () => import('./lab.fr.js') });
