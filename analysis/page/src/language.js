// The switch of languages.
import {element} from './element.js';
import {languages, nameOf} from './words.js';

/** @param {import('./words.js').Words} words @param {string} now @param {(language: string) => void} choose */
export const languageSwitch = (words, now, choose) => element('div', {class: 'switch languages', role: 'group', 'aria-label': words.languages},
    ...languages.map(language => element('button', {
        type: 'button', lang: language, 'data-language': language, 'aria-pressed': String(language === now), onclick: () => choose(language),
    }, nameOf(language))));
