// The desk begins when the words of its language are unpacked, in a task of its own, so that the window stays quick.
import {learn} from '../words.js';
import {firstLanguage} from './language.js';

learn(firstLanguage()).then(() => setTimeout(() => import('./main.js')));
