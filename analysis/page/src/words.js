// Everything that the pages say, from files of words (analysis/page/words), one for each language. What a language lacks is said in English.
import {message} from './message.js';

/** @typedef {import('./message.js').Values} Values */
/** @typedef {string & ((values: Values) => string)} Word a text, or one with places: then it is called with what goes there */
/**
 * @template T
 * @typedef {{[K in keyof T]: T[K] extends string ? Word : T[K] extends string[] ? string[] : K extends 'desk' ? Said<T[K]> : K extends 'format' ? T[K] : Record<string, Word>}} Said
 */
/** @typedef {typeof import('../words/en.json')} English */
/** @typedef {Said<English>} Words */

const files = [...document.querySelectorAll('script[data-language]')].map(script => /** @type {HTMLElement} */ (script));

export const languages = files.map(file => file.dataset.language ?? 'en');
/** As it calls itself. @param {string} language */
export const nameOf = language => files.find(file => file.dataset.language === language)?.dataset.name ?? language;

/** @param {any} word @param {any} english @param {string} language @param {string} dollars @returns {any} */
function said(word, english, language, dollars) {
    if (word === undefined) return said(english, english, 'en', dollars);
    if (typeof word === 'string') {
        const text = word.replaceAll('{dollars}', dollars);
        return text.includes('{') ? message(text, language) : text;
    }
    if (Array.isArray(word)) return word.map(one => said(one, one, language, dollars));
    return Object.fromEntries([...new Set([...Object.keys(english ?? {}), ...Object.keys(word)])].map(key => [key, said(word[key], english?.[key], language, dollars)]));
}

/** @param {string} language @returns {English} */
const read = language => JSON.parse(files.find(file => file.dataset.language === language)?.textContent ?? '{}');

/** Names of the model and of the scenarios that come with the program; others are shown as the scenario gives them. @param {Words} words @returns {(label: string) => string} */
export const namesIn = words => label => Object.hasOwn(words.names, label) ? words.names[label] : Object.hasOwn(words.scenarioNames, label) ? words.scenarioNames[label] : label;

/** @type {Record<string, string>[] | null} */
let spelt = null;
/** A name in all languages. @param {string} label @returns {string[]} */
export function spellingsOf(label) {
    spelt ??= languages.map(language => { const {names, scenarioNames} = read(language); return {...scenarioNames, ...names}; });
    return spelt.map(names => Object.hasOwn(names, label) ? names[label] : label);
}

/** @type {Map<string, Words>} */
const known = new Map();

/** @param {string} language @param {string} [money] the currency of amounts, where it is not the dollar @returns {Words} */
export function wordsOf(language, money) {
    const key = `${language} ${money ?? ''}`;
    let found = known.get(key);
    if (!found) {
        const english = read('en'), {format, ...own} = language === 'en' ? english : read(language);
        const words = said(own, english, language, money ?? own.dollars ?? english.dollars);
        found = /** @type {Words} */ ({...words, format: format ?? english.format});
        known.set(key, found);
    }
    return found;
}
