// The page: reads its numbers, builds its sections in the order in which questions are asked, and redraws what a
// switch or the slider changes.
import {element, save} from './element.js';
import {dictionaries, languages} from './words.js';
import {names_az} from './names_az.js';
import {makeFormat, parseDay} from './format.js';
import {answerSentences, peopled} from './answer.js';
import {fileName, figureElement} from './figure.js';
import {knowledgeSentences} from './knowledge.js';
import {changedValues, comparisonSentences, differencesChart} from './comparison.js';
import {firstOutcome, influenceChart, influenceOverview, influenceSentences, outcomesOf, sweepLead} from './influence.js';
import {forecastChart, groupName, groupsOf, originsOf, scoreTable, scoresLead, scoresSentences} from './scores.js';
import {answerCards, answerChart, answerFacts, answerLead, answerShort, answerTable, answerTitle} from './decisions.js';
import {delayChart, landCharts, mapChart, purposesChart, streamsChart, timelineChart, victimsChart} from './charts.js';

/** @typedef {import('./types.js').View} View */
/** @typedef {import('./types.js').Data} Data */
/** @typedef {import('./figure.js').Chart} Chart */
/** @typedef {ReturnType<typeof figureElement>} Framed */

/** @param {string} id */
const read = id => JSON.parse(document.getElementById(id)?.textContent ?? '');
/** @type {Data} */
const data = read('data');
const map = read('map');
const page = /** @type {HTMLElement} */ (document.getElementById('page'));

const state = {language: data.language, result: 0, month: firstMonth(data), event: /** @type {import('./charts.js').Event} */ ('place_release'), outcome: -1, scored: '', origin: ''};
/** @type {Framed[]} */
let figures = [];

/** The month asked about; else the end of 2030, the year for which return is planned; else the middle. @param {Data} data */
function firstMonth(data) {
    const {months} = data.results[0];
    const wanted = data.by ?? '2030-12-31';
    const found = months.findIndex(day => day >= wanted);
    return found >= 0 && (data.by || months[0] <= wanted) ? found : Math.floor(months.length / 2);
}

/** Words of the money charts, in the currency in which the result's amounts are. @param {import('./types.js').Words} words @param {string | undefined} money @returns {import('./types.js').Words} */
function wordsIn(words, money) {
    if (!money) return words;
    const say = (/** @type {string} */ text) => text.replaceAll(words.dollars, money);
    return {...words, streamsLead: say(words.streamsLead), purposesTitle: say(words.purposesTitle), unitSpent: say(words.unitSpent),
            streamPoint: a => say(words.streamPoint(a)), purposesLead: a => say(words.purposesLead(a)), purposePoint: a => say(words.purposePoint(a)), lapsedLead: a => say(words.lapsedLead(a))};
}

/** @returns {View} */
function makeView() {
    const {language} = state, words = dictionaries[language];
    /** @param {string} label */
    const name = label => {
        if (Object.hasOwn(words.names, label)) return words.names[label];
        return AZERBAIJANI && language === 'az' && Object.hasOwn(names_az, label) ? names_az[label] : label;
    };
    const result = data.results[state.result];
    return {result, words: wordsIn(words, result.money), format: makeFormat(language), name, month: Math.min(state.month, result.months.length - 1)};
}

// ---- sections

/** @param {string} id @param {string} title @param {...(Node | null | false)} content */
function section(id, title, ...content) {
    return element('section', {id, 'aria-labelledby': `${id}-heading`}, element('h2', {id: `${id}-heading`}, title), ...content);
}

/** @param {View} view */
function header(view) {
    const {words, result, format} = view;
    const choice = languages.length > 1 && element('div', {class: 'switch', role: 'group', 'aria-label': words.languages},
        ...languages.map(language => element('button', {
            type: 'button', lang: language, 'data-language': language, 'aria-pressed': String(language === state.language), onclick: () => change({language}),
        }, dictionaries[language].language)));
    const results = data.results.length > 1 && element('label', {class: 'choice'}, `${words.scenario}: `,
        element('select', {id: 'result', onchange: event => change({result: Number(event.target.value)})},
            ...data.results.map((r, i) => element('option', {value: String(i), selected: i === state.result}, view.name(r.title)))));
    const warnings = [!result.complete && words.incomplete(format.number(result.count + result.failed), format.number(result.asked)),
                      result.failed > 0 && words.failed(format.number(result.failed), format.number(result.asked))];
    return element('header', {},
        element('div', {class: 'bar'}, element('p', {class: 'brand'}, element('strong', {}, 'Homeward'), ` · ${words.tagline}`), choice),
        element('h1', {}, view.name(result.title)),
        ...knowledgeSentences(view).map(sentence => element('p', {class: 'reading known'}, element('strong', {}, sentence))),
        element('p', {class: 'reading'}, words.howToRead(format.number(result.count), format.day(parseDay(result.horizon)))),
        results, ...warnings.map(text => text && element('p', {class: 'warning', role: 'alert'}, text)));
}

/** @param {View} view */
function answerSection(view) {
    const {words, result, format} = view;
    const sentences = element('div', {class: 'sentences', 'aria-live': 'polite'});
    const output = element('output', {for: 'slider', class: 'date'});
    const slider = element('input', {
        type: 'range', id: 'slider', min: '0', max: String(result.months.length - 1), step: '1', value: String(view.month),
        oninput: () => { state.month = Number(slider.value); tell(); }, onkeydown: event => { if (event.key === 'PageUp' || event.key === 'PageDown') { event.preventDefault(); move(event.key === 'PageUp' ? 12 : -12); } },
    });
    /** @param {number} months */
    const move = months => {
        state.month = Math.max(0, Math.min(result.months.length - 1, state.month + months));
        slider.value = String(state.month);
        tell();
    };
    const place = element('div', {class: 'map-place'});
    function tell() {
        const now = makeView(), day = now.format.day(parseDay(result.months[now.month]));
        output.textContent = day;
        slider.setAttribute('aria-valuetext', day);
        sentences.replaceChildren(...answerSentences(now).map(sentence => element('p', {}, sentence)));
        replaceFigure(place, mapChart(now, map), now);
        timelinePlace && now.result.tables[state.event] && replaceFigure(timelinePlace, timelineChart(now, state.event, eventChoice(now)), now);
    }
    redrawAsked = tell;
    const control = element('div', {class: 'slider'}, element('label', {for: 'slider'}, words.byWhen, ' ', output),
        element('div', {class: 'track'}, element('button', {type: 'button', 'aria-label': words.back, onclick: () => move(-12)}, '−'), slider,
            element('button', {type: 'button', 'aria-label': words.forth, onclick: () => move(12)}, '+')),
        element('div', {class: 'ends', 'aria-hidden': 'true'}, element('span', {}, format.month(parseDay(result.months[0]))), element('span', {}, format.month(parseDay(result.horizon)))));
    return section('answer', words.answer, element('div', {class: 'answer'}, element('div', {class: 'said'}, sentences, control), place));
}

let redrawAsked = () => {};
/** @type {HTMLElement | null} */
let timelinePlace = null;

/** What comes on a day in these results, and of which of their names. @param {import('./types.js').Result} result */
const eventsOf = result => /** @type {import('./charts.js').Event[]} */ (['place_release', 'place_first_return', 'district_completion']).filter(event => result.tables[event]);

/** @param {View} view */
function eventChoice(view) {
    const {words, result} = view;
    const events = eventsOf(result);
    if (events.length < 2) return null;
    return element('div', {class: 'switch', role: 'group', 'aria-label': words.show}, ...events.map(event => element('button', {
        type: 'button', 'data-event': event, 'aria-pressed': String(event === state.event), onclick: () => {
            state.event = event;
            redrawAsked();
            /** @type {HTMLElement | null} */ (document.querySelector(`[data-event=${event}]`))?.focus();
        },
    }, words.events[event])));
}

/** What the results after the first change against it. @param {View} view */
function comparisonSections(view) {
    const {words} = view, {comparison} = data;
    if (data.results.length < 2) return [];
    if (!comparison) return [section('compare', words.compare, element('p', {}, words.incomparable), element('ul', {}, ...(data.incomparable ?? []).map(reason => element('li', {}, reason))))];
    const parts = data.results.slice(1).flatMap((result, i) => [
        element('h3', {}, view.name(result.title)),
        element('ul', {class: 'findings'}, ...comparisonSentences(view, comparison, result.name).map(sentence => element('li', {}, sentence))),
        changedValues(view, comparison, result.name),
        ...frames([differencesChart(view, comparison, result, i + 1)], view),
    ]);
    return [section('compare', words.compare, element('p', {class: 'reading'}, words.compareLead(view.name(data.results[0].title))), ...parts)];
}

/** What a sweep over the inputs says of them. @param {View} view */
function influenceSection(view) {
    const {words} = view, {sweep} = data;
    if (!sweep) return [];
    const outcomes = outcomesOf(view, sweep);
    if (state.outcome < 0) state.outcome = firstOutcome(outcomes);
    const said = element('ul', {class: 'findings', 'aria-live': 'polite'}), place = element('div', {});
    function tell() {
        const now = makeView(), outcome = outcomesOf(now, /** @type {import('./types.js').Sweep} */ (sweep))[state.outcome];
        said.replaceChildren(...influenceSentences(now, /** @type {import('./types.js').Sweep} */ (sweep), outcome).map(sentence => element('li', {}, sentence)));
        const chart = influenceChart(now, /** @type {import('./types.js').Sweep} */ (sweep), outcome);
        if (chart) replaceFigure(place, chart, now);
        else place.replaceChildren();
    }
    const choice = outcomes.length > 1 && element('label', {class: 'choice'}, element('strong', {}, words.outcome), ' ',
        element('select', {id: 'outcome', onchange: event => { state.outcome = Number(event.target.value); tell(); }},
            ...outcomes.map((outcome, i) => element('option', {value: String(i), selected: i === state.outcome}, outcome.name))));
    tell();
    return [section('influences', words.influences, ...sweepLead(view, sweep, data.results.map(result => result.title)), influenceOverview(view, sweep, outcomes), choice, said, place)];
}

/** How good forecasts of earlier days were. @param {View} view */
function scoresSection(view) {
    const {words, format} = view, {scores} = data;
    if (!scores) return [];
    const known = scores, groups = groupsOf(known), place = element('div', {});
    if (!groups.includes(state.scored)) state.scored = groups[0];
    const origins = element('select', {id: 'scored-origin', onchange: event => { state.origin = event.target.value; tell(); }});
    function tell() {
        const now = makeView(), days = originsOf(known, state.scored);
        if (!days.includes(state.origin)) state.origin = days[days.length - 1];
        origins.replaceChildren(...days.map(day => element('option', {value: day, selected: day === state.origin}, format.day(parseDay(day)))));
        replaceFigure(place, forecastChart(now, known, state.scored, state.origin), now);
    }
    const choice = element('label', {class: 'choice'}, element('strong', {}, words.scoredFacts), ' ',
        element('select', {id: 'scored', onchange: event => { state.scored = event.target.value; tell(); }}, ...groups.map(group => element('option', {value: group, selected: group === state.scored}, groupName(view, group)))));
    tell();
    return [section('scores', words.scores, ...scoresLead(view, known), element('ul', {class: 'findings'}, ...scoresSentences(view, known).map(sentence => element('li', {}, sentence))),
        scoreTable(view, known), element('p', {class: 'note'}, words.scoreNote), choice, element('label', {class: 'choice'}, element('strong', {}, words.scoredFrom), ' ', origins), place)];
}

/** Answers to questions of what to do, one section each. @param {View} view */
function answerSections(view) {
    return (data.answers ?? []).map((answer, i) => {
        const chart = answerChart(view, answer, i);
        return section(`decision-${i}-section`, answerTitle(view, answer), ...answerLead(view, answer), answerCards(view, answer), ...frames([chart], view), answerTable(view, answer, chart !== null), answerFacts(view, answer));
    });
}

/** @param {View} view */
function sweepFacts(view) {
    const {words} = view, {sweep} = data;
    if (!sweep) return [];
    const design = `${fileName(sweep.title)}.yaml`;
    /** @type {[string, string][]} */
    const facts = [[words.sweepTitle, view.name(sweep.title)], [words.facts.seed, sweep.seed], [words.sweepDigest, sweep.digest], [words.facts.version, `homeward ${sweep.version}`],
                   [words.facts.file, sweep.file], [words.facts.command, `homeward sweep ${design}`]];
    return [element('h3', {}, words.sweepAgain), element('p', {}, words.sweepAgainText),
            element('p', {class: 'buttons'}, element('button', {type: 'button', id: 'save-design', onclick: () => save(design, sweep.text, 'application/yaml')}, words.saveDesign)), factList(words, facts)];
}

/** @param {import('./types.js').Words} words @param {[string, string][]} facts */
function factList(words, facts) {
    return element('dl', {}, ...facts.flatMap(([term, text]) => [element('dt', {}, term), element('dd', {class: [words.facts.command, words.facts.digest, words.sweepDigest].includes(term) ? 'code' : ''}, text)]));
}

/** @param {View} view */
function methodSection(view) {
    const {words, result, format} = view;
    const scenario = `${fileName(result.title)}.yaml`;
    const command = `homeward run ${scenario} -n ${result.asked} --seed ${result.seed}`;
    /** @type {[string, string][]} */
    const facts = [
        [words.facts.title, view.name(result.title)], .../** @type {[string, string][]} */ (result.as_of !== undefined ? [[words.facts.asOf, format.day(parseDay(result.as_of))]] : []), [words.facts.span, `${format.day(parseDay(result.start))} – ${format.day(parseDay(result.horizon))}`],
        [words.facts.count, words.countOf(format.number(result.count), format.number(result.asked), format.number(result.failed))], [words.facts.seed, result.seed],
        [words.facts.digest, result.digest], [words.facts.model, result.model], [words.facts.version, `homeward ${result.version}`], [words.facts.file, result.file], [words.facts.command, command],
    ];
    const {scenario: yaml} = result;
    return section('method', words.method, ...words.methodText.map(text => element('p', {}, text)),
        element('h3', {}, words.reproduce), element('p', {}, words.reproduceText),
        yaml !== null && element('p', {class: 'buttons'}, element('button', {type: 'button', id: 'save-scenario', onclick: () => save(scenario, yaml, 'application/yaml')}, words.saveScenario)),
        factList(words, facts), ...sweepFacts(view));
}

// ---- drawing

const printWidth = 700, printedMapWidth = 400;
let printing = false;

/** @param {Framed} framed */
function fit(framed) {
    const width = printing ? (framed.figure.id === 'map' ? printedMapWidth : printWidth) : Math.round(framed.drawing.clientWidth);
    if (width > 0) framed.redraw(width);
}

/** @param {HTMLElement} place @param {Chart} chart @param {View} view */
function replaceFigure(place, chart, view) {
    const open = place.querySelector('button[aria-expanded=true]') !== null;
    const framed = figureElement(chart, view);
    figures = figures.filter(other => place !== other.figure.parentElement);
    figures.push(framed);
    place.replaceChildren(framed.figure);
    if (page.contains(place)) fit(framed);
    if (open) /** @type {HTMLElement} */ (place.querySelector('button[aria-expanded]')).click();
}

/** @param {(Chart | null)[]} charts @param {View} view */
function frames(charts, view) {
    return charts.filter(chart => chart !== null).map(chart => {
        const framed = figureElement(/** @type {Chart} */ (chart), view);
        figures.push(framed);
        return framed.figure;
    });
}

/** @param {Partial<typeof state>} what */
function change(what) {
    Object.assign(state, what);
    const focused = document.activeElement?.getAttribute('data-language');
    show();
    if (focused) /** @type {HTMLElement | null} */ (document.querySelector(`[data-language=${state.language}]`))?.focus();
}

/** Of the section of an answer. @param {View} view @param {string} id */
const shortOf = (view, id) => answerShort(view, /** @type {import('./types.js').Answer[]} */ (data.answers)[Number(id.split('-')[1])]);

function show() {
    const view = makeView(), {words} = view;
    state.month = view.month;
    if (!view.result.tables[state.event]) state.event = eventsOf(view.result)[0];
    document.documentElement.lang = state.language;
    document.title = `${view.name(view.result.title)} · Homeward`;
    figures = [];
    timelinePlace = element('div', {});
    const sections = [
        answerSection(view),
        ...comparisonSections(view),
        section('land-and-people', peopled(view.result) ? words.land : words.landAlone, ...frames(landCharts(view), view)),
        section('when', view.result.places.length ? words.when : words.whenDistricts, timelinePlace),
        section('delays', words.delay, ...frames([delayChart(view)], view)),
        section('money', words.money, ...frames([streamsChart(view), purposesChart(view)], view)),
        section('victims', words.victims, ...frames([victimsChart(view)], view)),
        ...answerSections(view),
        ...scoresSection(view),
        ...influenceSection(view),
        methodSection(view),
    ].filter(part => part.children.length > 1);
    const contents = element('nav', {'aria-label': words.contents}, element('ul', {}, ...sections.map(part =>
        element('li', {}, element('a', {href: `#${part.id}`}, part.id === 'land-and-people' && !peopled(view.result) ? words.landAlone : words.short[part.id] ?? shortOf(view, part.id))))));
    page.replaceChildren(header(view), contents, element('main', {}, ...sections));
    figures.forEach(fit);
    redrawAsked();
}

// ---- begin

let width = 0;
addEventListener('resize', () => {
    if (printing || document.documentElement.clientWidth === width) return;
    width = document.documentElement.clientWidth;
    figures.forEach(fit);
});
addEventListener('beforeprint', () => { printing = true; figures.forEach(fit); });
addEventListener('afterprint', () => { printing = false; figures.forEach(fit); });
show();
width = document.documentElement.clientWidth;
document.documentElement.dataset.ready = String(Math.round(performance.now()));
