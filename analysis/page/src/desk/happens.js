// What happens: the answer to the question beside the base's. Each part has a place of its own and is drawn in a task of its own, so that
// the window stays quick while answers come; until the last part is drawn, what is shown counts as not of the question.
import {element} from '../element.js';
import {signElement} from '../drawing.js';
import {figureElement} from '../figure.js';
import {parseDay} from '../format.js';
import {knowledgeSentences} from '../knowledge.js';
import {pause} from '../seen.js';
import {changedValues, differencesChart} from '../comparison.js';
import {delayChart, landCharts, mapChart, streamsCharts} from '../charts.js';
import {scoresLead, scoresSentences, scoreTable} from '../scores.js';
import {delayPairs, moneyPairs, peopleBands, victimPairs} from './both.js';
import {curveChart} from './curve.js';
import {releasable} from './question.js';
import {saidOf, saidOfAll} from './said.js';
import {nameIn, pageWords, words} from './words.js';

/** @typedef {import('../types.js').View} View */
/** @typedef {import('../figure.js').Chart} Chart */
/** @typedef {import('./channel.js').Answer} Answer */
/** @typedef {{base: View, yours: View, answer: Answer, names: string[]}} Told */
/**
 * `told`: the last answer; `chosen`: the place and month that are looked at; `changed`: another one was chosen.
 * @typedef {{choices: import('./question.js').Choices, map: any, chosen: {place: string, month: number}, told: () => Told | null, command: (answer: Answer) => string, changed: () => void}} Desk
 */

/** Who was at something that has a name stays there. @param {Element} place @param {(Node | null | false)[]} parts */
function fill(place, parts) {
    const focused = place.contains(document.activeElement) ? document.activeElement?.id : '';
    place.replaceChildren(...parts.filter(part => part !== null && part !== false));
    if (focused) document.getElementById(focused)?.focus();
}

/** @param {(Chart | null)[]} charts @param {View} view */
const frames = (charts, view) => charts.filter(chart => chart !== null).map(chart => figureElement(/** @type {Chart} */ (chart), view).figure);

/** @param {string[]} texts @param {string} [lang] */
const list = (texts, lang = '') => element('ul', lang ? {} : {class: 'findings'}, ...texts.map(text => element('li', {lang}, text)));

/** @param {Desk} desk */
export function makeHappening({choices, map, chosen, told, command, changed}) {
    /** @param {View} view */
    const dayOf = view => view.format.day(parseDay(view.result.months[Math.min(chosen.month, view.result.months.length - 1)]));

    // ---- which place, which date

    /** @param {string} typed */
    function placeCalled(typed) {
        const wanted = typed.trim().toLowerCase(), names = (/** @type {string} */ name) => [name, nameIn(name)].map(one => one.toLowerCase());
        return releasable(choices).find(name => names(name).includes(wanted)) ?? releasable(choices).find(name => names(name).some(one => one.includes(wanted)));
    }

    function placePicker() {
        const picker = element('input', {type: 'search', id: 'place', list: 'places', value: nameIn(chosen.place), onchange: () => {
            chosen.place = placeCalled(picker.value) ?? chosen.place;
            picker.value = nameIn(chosen.place);
            changed();
        }});
        return [element('label', {class: 'field'}, element('span', {}, choices.places.length ? words.search : words.searchDistrict), picker), element('datalist', {id: 'places'}, ...releasable(choices).map(name => element('option', {value: nameIn(name)})))];
    }

    /** @param {View} view @param {string} id @param {string} title */
    function dateDial(view, id, title) {
        const date = element('output', {class: 'date'}, dayOf(view));
        const dial = element('input', {type: 'range', id, min: '0', max: String(view.result.months.length - 1), value: String(view.month), oninput: () => {
            chosen.month = Number(dial.value);
            date.textContent = dayOf(view);
            const now = told();
            if (now) drawMaps(now);
        }, onchange: changed});
        return element('label', {class: 'field'}, element('span', {}, title, ' ', date), dial);
    }

    // ---- both probabilities on one scale, beside each other

    const maps = element('div', {class: 'maps part'}), mapsLegend = element('ul', {class: 'legend'});

    /** @param {Told} told */
    function drawMaps({base, yours, names}) {
        maps.classList.toggle('two', names.length > 1);
        fill(maps, [base, yours].slice(0, names.length).map((view, i) => {
            const chart = mapChart(view, map);
            if (!mapsLegend.firstChild) mapsLegend.append(...(chart.legend ?? []).map((sign, k) => element('li', {}, signElement(sign, 14, `maps-sign-${k}`), sign.text)));
            return figureElement({...chart, id: `map-${i}`, title: words.mapOf({name: names[i], day: dayOf(view)}), lead: undefined, note: undefined, legend: undefined}, view).figure;
        }));
    }

    // ---- what only one of both can be drawn of, when somebody opens it

    const moreCharts = element('div', {class: 'part'});
    const more = element('details', {id: 'more', ontoggle: () => { const now = told(); if (now) drawMore(now); }}, element('summary', {}, words.moreCharts), moreCharts);
    /** @param {Told} told */
    const drawMore = ({yours}) => fill(moreCharts, more.open ? frames([delayChart(yours), ...streamsCharts(yours), ...landCharts(yours)], yours) : []);

    // ---- the parts

    /** @param {Told} told */
    function differences({yours, answer, names}) {
        const {comparison, results, incomparable} = answer;
        if (names.length < 2) return [];
        if (!comparison) return [element('p', {}, pageWords.incomparable), list(incomparable ?? [], 'en')];
        return [element('h3', {}, words.howMuch), list(saidOfAll(yours, answer)), changedValues(yours, comparison, results[1].name), ...frames([differencesChart(yours, comparison, results[1], 1)], yours)];
    }

    /** How good forecasts of earlier days were, beside this one. @param {Told} told */
    function earlierForecasts({yours}) {
        const {scores} = choices;
        return scores ? [element('div', {id: 'earlier'}, element('h3', {}, pageWords.scores), ...scoresLead(yours, scores), list(scoresSentences(yours, scores)),
                         element('details', {}, element('summary', {}, pageWords.scoreTable), scoreTable(yours, scores)))] : [];
    }

    const sentences = element('div', {class: 'sentences', 'aria-live': 'polite'}), answerElement = element('div', {class: 'told'}, element('p', {class: 'reading'}, words.waiting));
    /** @param {string} [name] */
    const place = (name = '') => element('div', {class: name});
    const known = place(), pickers = place('pickers'), odd = place(), curve = place('part'), differ = place('part'), scrubber = place('pickers one'), charts = place('part'), earlier = place('part'), again = place();
    /** Whether somebody has it in hand: it is not taken away. @param {Element} dials */
    const isHeld = dials => dials.contains(document.activeElement);

    /** In the order in which they stand. @type {((told: Told) => void)[]} */
    const parts = [
        ({base, yours, answer}) => {
            fill(known, knowledgeSentences(yours).map(sentence => element('p', {class: 'reading known'}, element('strong', {}, sentence))));
            if (!isHeld(pickers)) fill(pickers, [...placePicker(), dateDial(base, 'by', words.by)]);
            fill(sentences, saidOf(base, answer, chosen.place).map(sentence => element('p', {}, sentence)));
            fill(odd, answer.warnings.length && answer.results.length > 1 ? [element('details', {}, element('summary', {}, words.odd), list(answer.warnings, 'en'))] : []);
        },
        ({base, answer, names}) => fill(curve, frames([curveChart(base, answer.results, names, chosen.place)], base)),
        told => fill(differ, differences(told)),
        ({base}) => isHeld(scrubber) || fill(scrubber, [dateDial(base, 'map-by', words.scrub)]),
        drawMaps,
        ({base, answer: {results}, names}) => fill(charts, frames([delayPairs(base, results, names, chosen.place), peopleBands(base, results, names), ...moneyPairs(base, results, names), victimPairs(base, results, names)], base)),
        told => fill(earlier, earlierForecasts(told)),
        drawMore,
        ({answer}) => fill(again, [element('p', {class: 'code'}, command(answer))]),
    ];
    const whole = [known, pickers, sentences, odd, curve, differ, element('h3', {}, words.mapsTitle), scrubber, mapsLegend, maps, choices.places.length > 0 && element('p', {class: 'note'}, pageWords.mapNote), element('h3', {}, words.more), charts, earlier, more,
                   element('h3', {}, words.again), element('p', {class: 'note'}, words.againHelp), again];

    let turn = 0;
    return {
        element: answerElement,
        /** Draws the answer as it is now. @returns {Promise<boolean>} whether it was drawn to its end, and is still the last one */
        async draw() {
            const own = ++turn, now = told();
            if (!now) return false;
            if (!known.isConnected) answerElement.replaceChildren(...whole.filter(part => part !== false));
            for (const part of parts) {
                part(now);
                await pause();
                if (own !== turn || told()?.answer !== now.answer) return false;
            }
            return true;
        },
    };
}
