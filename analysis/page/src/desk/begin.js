// The desk begins when the words of its language are unpacked; words and desk each in a task of its own, so that the window stays quick.
import {learn} from '../words.js';
import {pause} from '../seen.js';
import {firstLanguage} from './language.js';

async function begin() {
    await learn(firstLanguage());
    await pause();
    await import('./words.js');
    await pause();
    await import('./main.js');
}
void begin();
