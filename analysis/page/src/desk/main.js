// The desk: the question on the left, its answer on the right, on the same worlds as the base.
import {element, save} from '../element.js';
import {languageSwitch} from '../language.js';
import {namesIn} from '../words.js';
import {makeFormat, parseDay} from '../format.js';
import {figureElement} from '../figure.js';
import {knowledgeSentences} from '../knowledge.js';
import {changedValues, differencesChart} from '../comparison.js';
import {delayChart, landCharts, streamsCharts, victimsChart} from '../charts.js';
import {cardElements} from './cards.js';
import {curveChart} from './curve.js';
import {openChannel} from './channel.js';
import {nothing, questionFile, questionText, readFile} from './question.js';
import {saidOf, saidOfAll} from './said.js';
import {themeButton} from '../theme.js';
import {deskWords as words, language, pageWords, speak} from './words.js';

/** @typedef {import('./question.js').Question} Question */
/** @typedef {import('./channel.js').Answer} Answer */
/** @typedef {import('./channel.js').Mistake} Mistake */
/** @typedef {ReturnType<typeof figureElement>} Framed */

/** @type {import('./question.js').Choices} */
const choices = JSON.parse(document.getElementById('data')?.textContent ?? '');
const page = /** @type {HTMLElement} */ (document.getElementById('page'));
const format = makeFormat(language, pageWords.format);

// ---- state, whole in the address

/** @type {Question} */
let question = nothing();
/** @type {Question[]} */
const before = [];
let place = choices.places[0] ?? '', month = -1;

function readAddress() {
    try {
        const kept = JSON.parse(decodeURIComponent(location.hash.slice(1)) || '{}');
        question = {...nothing(), ...kept.question};
        if (choices.places.includes(kept.place)) place = kept.place;
        if (typeof kept.month === 'number') month = kept.month;
    } catch {
        question = nothing();
    }
}

const writeAddress = () => history.replaceState(null, '', `#${encodeURIComponent(JSON.stringify({question, place, month}))}`);

// ---- asking

/** @type {Answer | null} */
let answer = null;
let stale = false, timer = 0;

const channel = openChannel({
    answer(told) {
        answer = told;
        stale = false;
        setMistakes([]);
        tellProgress(told.worlds, told.of);
        showAnswer();
    },
    progress: (worlds, _until, of) => tellProgress(worlds, of),
    wrong(mistakes) {
        stale = true;
        setMistakes(mistakes);
    },
    lost(isLost) {
        lostElement.hidden = !isLost;
    },
});

/** What is shown, and what is on its way, is no answer to the question any more. */
function outdate() {
    channel.withdraw();
    stale = answer !== null;
    staleElement.hidden = !stale;
}

function ask() {
    outdate();
    tellProgress(0, choices.worlds);
    channel.ask(question.levers, questionText(question, choices));
}

/** @param {(question: Question) => void} change @param {string} [how] 'slides': the cards stay as they are, and a moment passes before it is asked */
function edit(change, how) {
    if (how !== 'slides' || timer === 0) before.push(structuredClone(question));
    change(question);
    outdate();
    writeAddress();
    showFile();
    clearTimeout(timer);
    if (how === 'slides') {
        timer = window.setTimeout(() => { timer = 0; ask(); }, 120);
        return;
    }
    timer = 0;
    showCards();
    ask();
}

// ---- the left side

const cards = element('div', {class: 'cards'});
const file = element('textarea', {id: 'file', rows: '10', spellcheck: 'false', readonly: true, 'aria-label': words.file, onchange: () => edit(q => Object.assign(q, nothing(), readFile(file.value, choices)))});
const mistakesElement = element('div', {class: 'warning', role: 'alert', hidden: true});
const handNote = element('p', {class: 'note', hidden: true}, words.handHelp);
const upload = element('input', {type: 'file', accept: '.yaml,.yml,text/yaml', class: 'hidden', id: 'upload', 'aria-label': words.upload, onchange: async () => {
    const chosen = upload.files?.[0];
    if (chosen) {
        const text = await chosen.text();
        edit(q => Object.assign(q, nothing(), readFile(text, choices)));
    }
    upload.value = '';
}});
const byHand = element('button', {type: 'button', id: 'by-hand', onclick: () => edit(q => Object.assign(q, q.hand === null ? {hand: questionText(q, choices)} : nothing()))}, words.byHand);

function showFile() {
    if (document.activeElement !== file) file.value = questionFile(question, choices);
    file.readOnly = question.hand === null;
    handNote.hidden = question.hand === null;
    byHand.textContent = question.hand === null ? words.byHand : words.byCards;
}

function showCards() {
    const focused = document.activeElement instanceof HTMLElement && cards.contains(document.activeElement) ? [...cards.querySelectorAll('button, input, select')].indexOf(document.activeElement) : -1;
    cards.replaceChildren(...question.hand === null ? cardElements(question, choices, edit) : []);
    if (focused >= 0) /** @type {HTMLElement | undefined} */ ([...cards.querySelectorAll('button, input, select')][focused])?.focus();
}

/** @param {Mistake[]} mistakes */
function setMistakes(mistakes) {
    mistakesElement.hidden = mistakes.length === 0;
    // The first line of the file is what it includes: the text begins on the next one.
    mistakesElement.replaceChildren(element('p', {}, words.wrong), element('ul', {}, ...mistakes.map(one => element('li', {}, one.line !== null ? words.atLine({line: one.line + 1, column: one.column ?? 1}) : '', one.message))));
    staleElement.hidden = !(stale && answer !== null);
}

// ---- the right side

const progress = element('progress', {max: '1', value: '0', 'aria-label': words.waiting});
const progressText = element('span', {class: 'note', role: 'status'});
const lostElement = element('p', {class: 'warning', role: 'alert', hidden: true}, words.lost);
const staleElement = element('p', {class: 'note stale', hidden: true}, words.stale);
const answerElement = element('div', {class: 'told'}, element('p', {class: 'reading'}, words.waiting));

/** @param {number} worlds @param {number} of */
function tellProgress(worlds, of) {
    progress.value = of > 0 ? worlds / of : 0;
    progressText.textContent = words.worlds({done: format.number(worlds), of: format.number(of)});
}

/** @param {number} which @returns {import('../types.js').View} */
function viewOf(which) {
    const {results} = /** @type {Answer} */ (answer);
    const result = results[Math.min(which, results.length - 1)];
    if (month < 0) {
        const wanted = result.months.findIndex(day => day >= '2030-12-31');
        month = wanted >= 0 ? wanted : Math.floor(result.months.length / 2);
    }
    return {result, words: pageWords, format, name: namesIn(pageWords), month: Math.min(month, result.months.length - 1)};
}

/** @type {Framed[]} */
let figures = [];

/** @param {import('../figure.js').Chart | null} chart @param {import('../types.js').View} view */
function framed(chart, view) {
    if (!chart) return null;
    const drawn = figureElement(chart, view);
    figures.push(drawn);
    return drawn.figure;
}

/** @param {Framed} drawn */
function fit(drawn) {
    const room = Math.round(drawn.drawing.clientWidth);
    if (room > 0) drawn.redraw(room);
}

/** @param {import('../types.js').View} view */
function pickers(view) {
    const list = element('datalist', {id: 'places'}, ...choices.places.map(name => element('option', {value: name})));
    const picker = element('input', {type: 'search', id: 'place', list: 'places', value: place, onchange: () => {
        const typed = picker.value.trim().toLowerCase();
        const found = choices.places.find(name => name.toLowerCase() === typed) ?? choices.places.find(name => name.toLowerCase().includes(typed));
        if (found) place = found;
        picker.value = place;
        writeAddress();
        showAnswer();
    }});
    const told = element('output', {class: 'date'}, format.day(parseDay(view.result.months[view.month])));
    const dial = element('input', {type: 'range', id: 'by', min: '0', max: String(view.result.months.length - 1), value: String(view.month), oninput: () => {
        month = Number(dial.value);
        told.textContent = format.day(parseDay(view.result.months[month]));
    }, onchange: () => { writeAddress(); showAnswer(); }});
    return element('div', {class: 'pickers'}, element('label', {class: 'field'}, element('span', {}, words.search), picker), list,
        element('label', {class: 'field'}, element('span', {}, words.by, ' ', told), dial));
}

/** @param {boolean} compares @param {number} worlds */
const commandOf = (compares, worlds) => [compares ? `homeward compare ${choices.base} question.yaml` : `homeward run ${choices.base}`, `-n ${worlds} --seed ${choices.seed}`, ...choices.settings.map(setting => `--set '${setting.replaceAll("'", "'\\''")}'`)].join(' ');

function showAnswer() {
    if (!answer) return;
    staleElement.hidden = !stale;
    const focused = document.activeElement?.id;
    figures = [];
    const base = viewOf(0), yours = viewOf(1), {comparison, results, warnings} = answer;
    const differ = results.length > 1 && comparison;
    answerElement.replaceChildren(
        ...knowledgeSentences(yours).map(sentence => element('p', {class: 'reading known'}, element('strong', {}, sentence))),
        pickers(base),
        element('div', {class: 'sentences', 'aria-live': 'polite'}, ...saidOf(base, answer, place).map(sentence => element('p', {}, sentence))),
        ...warnings.length && results.length > 1 ? [element('details', {}, element('summary', {}, words.odd), element('ul', {}, ...warnings.map(text => element('li', {}, text))))] : [],
        ...[framed(curveChart(base, results, place), base)].filter(figure => figure !== null),
        ...differ ? [element('h3', {}, words.howMuch), element('ul', {class: 'findings'}, ...saidOfAll(yours, answer).map(sentence => element('li', {}, sentence))),
                     ...[changedValues(yours, comparison, results[1].name), framed(differencesChart(yours, comparison, results[1], 1), yours)].filter(part => part !== null)] : [],
        ...results.length > 1 && !comparison ? [element('p', {}, pageWords.incomparable), element('ul', {}, ...(answer.incomparable ?? []).map(reason => element('li', {}, reason)))] : [],
        element('h3', {}, words.more),
        ...[delayChart(yours), ...streamsCharts(yours), ...landCharts(yours), victimsChart(yours)].map(chart => framed(chart, yours)).filter(figure => figure !== null),
        element('h3', {}, words.again), element('p', {class: 'note'}, words.againHelp),
        element('p', {class: 'code'}, commandOf(results.length > 1, answer.worlds)));
    figures.forEach(fit);
    if (focused) document.getElementById(focused)?.focus();
    document.documentElement.dataset.worlds = String(answer.worlds);
}

// ---- begin

function show() {
    const left = element('section', {id: 'question', 'aria-labelledby': 'question-heading'}, element('h2', {id: 'question-heading'}, words.question),
        element('div', {class: 'buttons'}, element('button', {type: 'button', id: 'undo', onclick: () => { const last = before.pop(); if (last) { question = last; writeAddress(); showCards(); showFile(); ask(); } }}, words.undo),
            element('button', {type: 'button', id: 'reset', onclick: () => edit(q => Object.assign(q, nothing()))}, words.reset)),
        mistakesElement, cards,
        element('fieldset', {}, element('legend', {}, words.file), element('p', {class: 'note'}, words.fileHelp), handNote, file,
            element('div', {class: 'buttons'}, element('button', {type: 'button', onclick: () => navigator.clipboard?.writeText(questionFile(question, choices))}, words.copy),
                element('button', {type: 'button', id: 'download', onclick: () => save('question.yaml', questionFile(question, choices), 'application/yaml')}, words.download),
                element('button', {type: 'button', onclick: () => upload.click()}, words.upload), upload, byHand)),
        element('p', {class: 'note'}, words.share));
    const right = element('section', {id: 'answer', 'aria-labelledby': 'answer-heading'}, element('h2', {id: 'answer-heading'}, words.answer),
        lostElement, element('div', {class: 'progress'}, progress, progressText), staleElement, answerElement);
    page.replaceChildren(element('header', {}, element('div', {class: 'bar'}, element('p', {class: 'brand'}, element('strong', {}, 'Homeward'), ` · ${words.title}`, choices.report && ' · ', choices.report && element('a', {href: 'report'}, words.report)), languageSwitch(pageWords, language, speak), themeButton(pageWords)), element('h1', {}, namesIn(pageWords)(choices.title)), element('p', {class: 'reading'}, words.lead)),
        element('main', {class: 'desk'}, left, right));
    document.title = `${choices.title} · Homeward`;
    document.documentElement.lang = language;
}

readAddress();
show();
showCards();
showFile();
ask();
let width = document.documentElement.clientWidth;
addEventListener('resize', () => {
    if (document.documentElement.clientWidth === width) return;
    width = document.documentElement.clientWidth;
    figures.forEach(fit);
});
document.documentElement.dataset.ready = String(Math.round(performance.now()));
