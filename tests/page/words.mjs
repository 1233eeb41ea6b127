// Files of words: each language says all that English says, with the same places in each text, in a form that can be read.
//   node words.mjs SOURCE
import {readFileSync, readdirSync} from 'node:fs';
import {join, resolve} from 'node:path';

const source = resolve(process.argv[2]), folder = join(source, 'analysis/page/words');
const {message, placesIn} = await import(join(source, 'analysis/page/src/message.js'));

/** Every text with its path. @returns {Map<string, string>} */
function textsOf(value, path = '', found = new Map()) {
    if (typeof value === 'string') found.set(path, value);
    else for (const [key, inner] of Object.entries(value)) textsOf(inner, path ? `${path} > ${key}` : key, found);
    return found;
}

/** Names of things, which English leaves as the model has them: what one language translates all should. */
const names = /^(names|units|columns|cautionNames|scenarioNames) > /;
// The same word in all languages, or what no page has to say.
const files = readdirSync(folder).filter(name => name.endsWith('.json')).map(name => ({language: name.slice(0, -5), texts: textsOf(JSON.parse(readFileSync(join(folder, name), 'utf8')))}));
const english = files.find(({language}) => language === 'en').texts;
const all = new Set(files.flatMap(({texts}) => [...texts.keys()]));

const wrong = [];
for (const {language, texts} of files) {
    for (const key of all) {
        if (!texts.has(key) && (english.has(key) || language !== 'en')) wrong.push(`${language} lacks: ${key}${english.has(key) ? ` (“${english.get(key)}”)` : ''}`);
        if (texts.has(key) && !english.has(key) && !names.test(key)) wrong.push(`${language} says what English does not: ${key}`);
    }
    for (const [key, text] of texts) {
        if (key.startsWith('format > ')) continue;
        try {
            const places = placesIn(text), wanted = placesIn(english.get(key) ?? text).filter(place => place !== 'dollars');
            for (const place of wanted) if (!places.includes(place) && !optional(key, place)) wrong.push(`${language}: ${key} leaves out {${place}}`);
            for (const place of places) if (place !== 'dollars' && english.has(key) && !placesIn(english.get(key)).includes(place) && !offered(key, place)) wrong.push(`${language}: ${key} has {${place}}, which nobody fills`);
            message(text, language)(Object.fromEntries(places.map(place => [place, '7'])));
        } catch (error) {
            wrong.push(`${language}: ${key}: ${error.message}`);
        }
    }
}

/** Of these the program's own English text is handed over, too. */
function optional(key, place) {
    return key === 'censoring' && place === 'text';
}
function offered(key, place) {
    return key === 'censoring' && place === 'percent';
}

// What a visitor of the desk can switch on has its name in each language.
const levers = join(source, 'scenarios/levers');
for (const file of readdirSync(levers, {recursive: true}).map(String).filter(name => name.endsWith('.yaml'))) {
    const [, name] = /^name: (.*)$/m.exec(readFileSync(join(levers, file), 'utf8'));
    for (const {language, texts} of files) if (language !== 'en' && !texts.has(`scenarioNames > ${name}`)) wrong.push(`${language} lacks the name of ${file}: ${name}`);
}

for (const {language} of files.filter(({language}) => language !== 'en'))
    console.log(`${language}: ${wrong.filter(text => text.startsWith(`${language} lacks`)).length} of ${all.size} words are lacking`);
wrong.forEach(text => console.log(`  ${text}`));
process.exit(wrong.length ? 1 : 0);
