"""Faults that can be planted in one line of C, and the lines where they can: those inside of functions."""
import re

# Blanks of the same length, so that columns stay: what stands in strings, characters and comments is no code.
NO_CODE = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|//[^\n]*|/\*.*?\*/', re.S)

FLIPPED = {"<": ("<=", ">"), ">": (">=", "<"), "<=": ("<", ">="), ">=": (">", "<="), "==": ("!=",), "!=": ("==",)}
SWAPPED = {"+": "-", "-": "+", "*": "/", "/": "*", "+=": "-=", "-=": "+=", "*=": "/=", "/=": "*="}
DECLARES = re.compile(r"^(?:static |const |struct |enum |unsigned |typedef )?\w+(?: \*+| )\w+(?:\[.*\])*(?: = .*)?;$|^\w+ \w+(?: = [^;]*)?, ")


def without_words(text):
    return NO_CODE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


def executable_lines(text):
    """Numbers of lines inside of functions, from 0. The code is formatted: a function ends with a brace in the first column."""
    inside, numbers = False, []
    for number, line in enumerate(without_words(text).split("\n")):
        if line.startswith("}"):
            inside = False
        elif inside and line.strip() and not line.lstrip().startswith("#"):
            numbers.append(number)
        elif re.match(r"^[a-z_].*\) \{$", line) or re.match(r"^ +.*\) \{$", line) and not inside:
            inside = True
    return numbers


def _replaced(line, match, words, group=0):
    return line[:match.start(group)] + words + line[match.end(group):]


def _numbers(line, code):
    for match in re.finditer(r"(?<![\w.\"])(\d+\.\d+(?:e-?\d+)?|\d+)(?![\w.])", code):
        number = match.group(1)
        if "." in number or "e" in number:
            if float(number) != 0:
                yield "constant x 1.1", _replaced(line, match, f"({number} * 1.1)")
        else:
            yield "off by one", _replaced(line, match, str(int(number) + 1))
            if int(number) > 0:
                yield "off by one", _replaced(line, match, str(int(number) - 1))


def _conditions(line, code):
    match = re.match(r"^\s*(?:\} else )?(?:if|while) \((.*)\) \{$", code)
    if match:
        yield "condition negated", _replaced(line, match, f"!({line[match.start(1):match.end(1)]})", 1)
    for match in re.finditer(r" (&&|\|\|)(?= |$)", code):
        yield "and for or", _replaced(line, match, "||" if match.group(1) == "&&" else "&&", 1)


def _statements(line, code):
    words = code.strip()
    if re.match(r"^(break|continue);$", words):
        yield words[:-1] + " lost", line[:len(line) - len(line.lstrip())] + ";"
    elif words.startswith("free("):  # memory that is not given back changes no answer; sanitizers look for it
        return
    elif match := re.match(r"^\s*return (.+);$", code):
        yield "another return value", _replaced(line, match, f"!({line[match.start(1):match.end(1)]})", 1)
    elif words.endswith(";") and code.count("(") == code.count(")") and not DECLARES.match(words) \
            and re.match(r"^[*(]*[a-z_]\w*(?:[.\->\[(]|\+\+|--| [-+*/|&^<>]*= )|^(?:\+\+|--)", words):
        yield "statement lost", line[:len(line) - len(line.lstrip())] + ";"


def faults(line, code):
    """All (kind, changed line) of a line; `code` is the line without strings and comments."""
    for match in re.finditer(r" (<=|>=|==|!=|<|>)(?= |$)", code):
        for other in FLIPPED[match.group(1)]:
            yield "comparison flipped", _replaced(line, match, other, 1)
    for match in re.finditer(r"(?<=[\w)\]]) ([-+*/]=?)(?= )", code):
        if not re.match(r"^\s*(?:static |const )*\w+ $", code[:match.start(1)]):  # a declaration: `hw_item *item`
            yield "another sign", _replaced(line, match, SWAPPED[match.group(1)], 1)
    for match in re.finditer(r"\+\+|--", code):
        yield "another sign", _replaced(line, match, "--" if match.group() == "++" else "++")
    yield from _numbers(line, code)
    yield from _conditions(line, code)
    yield from _statements(line, code)
