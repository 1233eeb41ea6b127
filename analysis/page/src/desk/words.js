// What the desk says, in the language that was chosen; words of charts are the page's.
import {namesIn, wordsOf} from '../words.js';
import {firstLanguage, inAddress, kept} from './language.js';

export const language = firstLanguage(), pageWords = wordsOf(language), words = pageWords.desk, nameIn = namesIn(pageWords);
/** What the address says of the language, when it does. */
export const addressed = inAddress();

/** The address has it by now, and with it the question: the page can be loaded again. @param {string} next */
export function speak(next) {
    try {
        localStorage.setItem(kept, next);
    } catch {
        // the address has it
    }
    location.reload();
}
