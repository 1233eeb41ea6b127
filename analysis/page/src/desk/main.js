// The desk: the question on the left, its answer on the right, on the same worlds as the base.
import {element, save} from '../element.js';
import {languageSwitch} from '../language.js';
import {makeFormat, parseDay} from '../format.js';
import {signElement} from '../drawing.js';
import {figureElement} from '../figure.js';
import {knowledgeSentences} from '../knowledge.js';
import {changedValues, differencesChart} from '../comparison.js';
import {delayChart, landCharts, mapChart, streamsCharts} from '../charts.js';
import {scoresLead, scoresSentences, scoreTable} from '../scores.js';
import {cardElements} from './cards.js';
import {delayPairs, moneyPairs, peopleBands, victimPairs} from './both.js';
import {briefElements} from './brief.js';
import {curveChart} from './curve.js';
import {whenSettled} from './fields.js';
import {openChannel} from './channel.js';
import {makeDecisions} from './decide.js';
import {nothing, questionFile, questionText, readFile} from './question.js';
import {saidOf, saidOfAll} from './said.js';
import {themeButton} from '../theme.js';
import {addressed, language, nameIn, pageWords, speak, words} from './words.js';

/** @typedef {import('./question.js').Question} Question */
/** @typedef {import('./channel.js').Answer} Answer */
/** @typedef {import('./channel.js').Mistake} Mistake */

/** @type {import('./question.js').Choices} */
const choices = JSON.parse(document.getElementById('data')?.textContent ?? '');
const map = JSON.parse(document.getElementById('outlines')?.textContent ?? '');
const page = /** @type {HTMLElement} */ (document.getElementById('page'));
const format = makeFormat(language, pageWords.format);

// ---- state, whole in the address

/** @type {Question} */
let question = nothing();
/** @type {Question[]} */
const before = [];
let place = choices.places[0] ?? '', month = -1, pane = 'answer', spoken = addressed;
/** @type {object | null} */
let keptDecision = null;

function readAddress() {
    try {
        const kept = JSON.parse(decodeURIComponent(location.hash.slice(1)) || '{}');
        question = {...nothing(), ...kept.question};
        if (choices.places.includes(kept.place)) place = kept.place;
        if (typeof kept.month === 'number') month = kept.month;
        if (Object.hasOwn(words.panes, kept.pane)) pane = kept.pane;
        if (kept.decide && typeof kept.decide === 'object') keptDecision = kept.decide;
    } catch {
        question = nothing();
    }
}

const writeAddress = () => history.replaceState(null, '', `#${encodeURIComponent(JSON.stringify({question, place, month, pane, ...spoken === null ? {} : {language: spoken}, ...pane === 'decide' ? {decide: decisions.state()} : {}}))}`);

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
    decision: told => decisions.hear(told),
});

const decisions = makeDecisions({
    choices, question: () => question, view: () => answer && viewOf(0), decide: channel.decide, cancel: channel.cancel,
    changed: () => writeAddress(), addPledge: () => document.getElementById('add-pledge')?.click(),
});

/** What is shown, and what is on its way, is no answer to the question any more. */
function outdate() {
    channel.withdraw();
    stale = answer !== null;
    staleElement.hidden = !stale;
    if (stale) briefPane.replaceChildren(element('p', {class: 'note'}, words.waiting));
}

function ask() {
    outdate();
    tellProgress(0, choices.worlds);
    channel.ask(question.levers, questionText(question, choices));
}

/** @param {(question: Question) => void} change @param {'slides' | 'shown'} [how] 'slides': the cards stay as they are, and a moment passes before it is asked; 'shown': the cards follow what has slid */
function edit(change, how) {
    if (how === 'shown') return whenSettled(showCards);
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
    whenSettled(showCards);
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
    decisions.show();
    byHand.textContent = question.hand === null ? words.byHand : words.byCards;
}

const focusable = 'button, input, select, [tabindex]';

function showCards() {
    const focused = document.activeElement && cards.contains(document.activeElement) ? [...cards.querySelectorAll(focusable)].indexOf(document.activeElement) : -1;
    cards.replaceChildren(...question.hand === null ? cardElements(question, choices, edit) : []);
    if (focused >= 0) /** @type {HTMLElement | undefined} */ ([...cards.querySelectorAll(focusable)][focused])?.focus();
}

/** @param {Mistake[]} mistakes */
function setMistakes(mistakes) {
    mistakesElement.hidden = mistakes.length === 0;
    // The first line of the file is what it includes: the text begins on the next one.
    mistakesElement.replaceChildren(element('p', {}, words.wrong), element('ul', {}, ...mistakes.map(one => element('li', {}, one.line !== null ? words.atLine({line: one.line + 1, column: one.column ?? 1}) : '', element('span', {lang: 'en'}, one.message)))));
    staleElement.hidden = !(stale && answer !== null);
}

// ---- the right side

const progress = element('progress', {max: '1', value: '0', 'aria-label': words.waiting});
const progressText = element('span', {class: 'note', role: 'status'});
const lostElement = element('p', {class: 'warning', role: 'alert', hidden: true}, words.lost);
const staleElement = element('p', {class: 'note stale', hidden: true}, words.stale);
const answerElement = element('div', {class: 'told'}, element('p', {class: 'reading'}, words.waiting));

const answerPane = element('div', {id: 'happens'}, element('div', {class: 'progress'}, progress, progressText), staleElement, answerElement);
const briefPane = element('div', {id: 'brief'});
const paneButtons = Object.entries(words.panes).map(([name, text]) => element('button', {type: 'button', 'data-pane': name, onclick: () => { pane = name; writeAddress(); showPane(); }}, text));

/** What happens, or what to do. */
function showPane() {
    for (const button of paneButtons) button.setAttribute('aria-pressed', String(button.dataset.pane === pane));
    answerPane.hidden = pane !== 'answer';
    decisions.element.hidden = pane !== 'decide';
    briefPane.hidden = pane !== 'brief';
    document.documentElement.dataset.shows = pane;
    showBrief();
    decisions.show();
}

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
    return {result, words: pageWords, format, name: nameIn, month: Math.min(month, result.months.length - 1)};
}

/** @param {import('../figure.js').Chart | null} chart @param {import('../types.js').View} view */
const framed = (chart, view) => chart && figureElement(chart, view).figure;

/** @param {import('../types.js').View} view */
function pickers(view) {
    const list = element('datalist', {id: 'places'}, ...choices.places.map(name => element('option', {value: nameIn(name)})));
    const picker = element('input', {type: 'search', id: 'place', list: 'places', value: nameIn(place), onchange: () => {
        const typed = picker.value.trim().toLowerCase();
        const names = (/** @type {string} */ name) => [name, nameIn(name)].map(one => one.toLowerCase());
        const found = choices.places.find(name => names(name).includes(typed)) ?? choices.places.find(name => names(name).some(one => one.includes(typed)));
        if (found) place = found;
        picker.value = nameIn(place);
        writeAddress();
        showAnswer();
    }});
    return element('div', {class: 'pickers'}, element('label', {class: 'field'}, element('span', {}, words.search), picker), list, dateDial(view, 'by', words.by));
}

/** The date asked about. @param {import('../types.js').View} view @param {string} id @param {string} title */
function dateDial(view, id, title) {
    const told = element('output', {class: 'date'}, format.day(parseDay(view.result.months[view.month])));
    const dial = element('input', {type: 'range', id, min: '0', max: String(view.result.months.length - 1), value: String(view.month), oninput: () => {
        month = Number(dial.value);
        told.textContent = format.day(parseDay(view.result.months[month]));
        showMaps();
    }, onchange: () => { writeAddress(); showAnswer(); }});
    return element('label', {class: 'field'}, element('span', {}, title, ' ', told), dial);
}

const mapsPlace = element('div', {class: 'maps'}), mapsLegend = element('ul', {class: 'legend'});

/** Both probabilities on one scale, beside each other. */
function showMaps() {
    if (!answer) return;
    const names = namesOf(answer);
    mapsPlace.classList.toggle('two', names.length > 1);
    mapsPlace.replaceChildren(...names.map((name, i) => {
        const view = viewOf(i), chart = mapChart(view, map);
        if (!mapsLegend.firstChild) mapsLegend.append(...(chart.legend ?? []).map((sign, k) => element('li', {}, signElement(sign, 14, `maps-sign-${k}`), sign.text)));
        return figureElement({...chart, id: `map-${i}`, title: words.mapOf({name, day: format.day(parseDay(view.result.months[view.month]))}), lead: undefined, note: undefined, legend: undefined}, view).figure;
    }));
}

/** @param {Answer} told */
const namesOf = told => [words.base, question.name || words.yours].slice(0, told.results.length);

/** @param {boolean} compares @param {number} worlds */
const commandOf = (compares, worlds) => [compares ? `homeward compare ${choices.base} question.yaml` : `homeward run ${choices.base}`, `-n ${worlds} --seed ${choices.seed}`, ...choices.settings.map(setting => `--set '${setting.replaceAll("'", "'\\''")}'`)].join(' ');

/** @param {(import('../figure.js').Chart | null)[]} charts @param {import('../types.js').View} view */
const frames = (charts, view) => charts.map(chart => framed(chart, view)).filter(figure => figure !== null);

/** How good forecasts of earlier days were, beside this one. @param {import('../types.js').View} view */
function earlierForecasts(view) {
    const {scores} = choices;
    return scores ? [element('div', {id: 'earlier'}, element('h3', {}, pageWords.scores), ...scoresLead(view, scores), element('ul', {class: 'findings'}, ...scoresSentences(view, scores).map(sentence => element('li', {}, sentence))),
                     element('details', {}, element('summary', {}, pageWords.scoreTable), scoreTable(view, scores)))] : [];
}

let moreOpen = false;

/** What only one of both can be drawn of; drawn when it is looked at. @param {import('../types.js').View} view */
function moreCharts(view) {
    const inside = element('div', {});
    const draw = () => inside.replaceChildren(...frames([delayChart(view), ...streamsCharts(view), ...landCharts(view)], view));
    if (moreOpen) draw();
    return element('details', {open: moreOpen, id: 'more', ontoggle: event => {
        if (event.target.open === moreOpen) return;
        moreOpen = event.target.open;
        if (!inside.firstChild) draw();
    }}, element('summary', {}, words.moreCharts), inside);
}

/** The page of paper, made when somebody looks at it. */
function showBrief() {
    if (!answer || stale || pane !== 'brief') return;
    const base = viewOf(0), own = figureElement({...curveChart(base, answer.results, namesOf(answer), place), id: 'brief-curve', lead: undefined}, base);
    briefPane.replaceChildren(...briefElements(base, answer, question, choices, {
        place, sentences: [...saidOf(base, answer, place), ...saidOfAll(viewOf(1), answer).slice(0, 1)], known: knowledgeSentences(base), curve: own.figure,
        command: commandOf(answer.results.length > 1, answer.worlds), text: questionFile(question, choices),
    }));
}

function showAnswer() {
    if (!answer) return;
    staleElement.hidden = !stale;
    const focused = document.activeElement?.id;
    const base = viewOf(0), yours = viewOf(1), {comparison, results, warnings} = answer;
    const differ = results.length > 1 && comparison, names = namesOf(answer);
    answerElement.replaceChildren(
        ...knowledgeSentences(yours).map(sentence => element('p', {class: 'reading known'}, element('strong', {}, sentence))),
        pickers(base),
        element('div', {class: 'sentences', 'aria-live': 'polite'}, ...saidOf(base, answer, place).map(sentence => element('p', {}, sentence))),
        ...warnings.length && results.length > 1 ? [element('details', {}, element('summary', {}, words.odd), element('ul', {}, ...warnings.map(text => element('li', {lang: 'en'}, text))))] : [],
        ...frames([curveChart(base, results, names, place)], base),
        ...differ ? [element('h3', {}, words.howMuch), element('ul', {class: 'findings'}, ...saidOfAll(yours, answer).map(sentence => element('li', {}, sentence))),
                     ...[changedValues(yours, comparison, results[1].name), framed(differencesChart(yours, comparison, results[1], 1), yours)].filter(part => part !== null)] : [],
        ...results.length > 1 && !comparison ? [element('p', {}, pageWords.incomparable), element('ul', {}, ...(answer.incomparable ?? []).map(reason => element('li', {lang: 'en'}, reason)))] : [],
        element('h3', {}, words.mapsTitle), element('div', {class: 'pickers one'}, dateDial(base, 'map-by', words.scrub)), mapsLegend, mapsPlace, element('p', {class: 'note'}, pageWords.mapNote),
        element('h3', {}, words.more),
        ...frames([delayPairs(base, results, names, place), peopleBands(base, results, names), ...moneyPairs(base, results, names), victimPairs(base, results, names)], base),
        ...earlierForecasts(base),
        moreCharts(yours),
        element('h3', {}, words.again), element('p', {class: 'note'}, words.againHelp),
        element('p', {class: 'code'}, commandOf(results.length > 1, answer.worlds)));
    showMaps();
    showBrief();
    if (focused) document.getElementById(focused)?.focus();
    document.documentElement.dataset.worlds = String(answer.worlds);
    decisions.show();
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
        element('div', {class: 'switch', role: 'group', 'aria-label': words.show}, ...paneButtons), lostElement, answerPane, decisions.element, briefPane);
    page.replaceChildren(element('header', {}, element('div', {class: 'bar'}, element('p', {class: 'brand'}, element('strong', {}, 'Homeward'), ` · ${words.title}`, choices.report && ' · ', choices.report && element('a', {href: 'report'}, words.report)), languageSwitch(pageWords, language, next => { spoken = next; writeAddress(); speak(next); }), themeButton(pageWords)), element('h1', {}, nameIn(choices.title)), element('p', {class: 'reading'}, words.lead), language !== 'en' && element('p', {class: 'note', id: 'language-note'}, words.languageNote)),
        element('main', {class: 'desk'}, left, right));
    document.title = `${nameIn(choices.title)} · Homeward`;
    document.documentElement.lang = language;
}

readAddress();
show();
showCards();
showFile();
showPane();
ask();
if (keptDecision) decisions.restore(keptDecision);
document.documentElement.dataset.ready = String(Math.round(performance.now()));
