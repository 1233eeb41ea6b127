// What the desk says, in the language that was chosen; words of charts are the page's.
import {languages, namesIn, wordsOf} from '../words.js';

const kept = 'homeward-language';

/** That of the address: it goes with a link. */
function inAddress() {
    try {
        const {language} = JSON.parse(decodeURIComponent(location.hash.slice(1)) || '{}');
        return languages.includes(language) ? String(language) : null;
    } catch {
        return null;
    }
}

/** The one in the address; that of `homeward desk --language`; the one chosen last, the browser's own, or English. */
function firstLanguage() {
    const wanted = navigator.languages.map(language => language.slice(0, 2));
    try {
        wanted.unshift(localStorage.getItem(kept) ?? '');
    } catch {
        // a browser that keeps nothing
    }
    wanted.unshift(inAddress() ?? '', JSON.parse(document.getElementById('data')?.textContent ?? '{}').language ?? '');
    return wanted.find(language => languages.includes(language)) ?? 'en';
}

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
