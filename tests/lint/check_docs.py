"""Fails when a document names a path, a ./dev verb or a test that does not exist, or is too long, and when a document or a comment in the code uses a word that the glossary replaced."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
REQUIRED = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/glossary.md", "docs/evidence.md", "docs/decisions/README.md"]
MAX_LINES = {"README.md": 150}
MAX_WORDS = {"ARCHITECTURE.md": 2500}
MAX_PROSE_COLUMNS = 240

# A path from the root, or the name of a source file without its folder.
PATH = re.compile(r"`((?:src|shell|web|assets|docs|tests|tools|cmake|\.ci)/[A-Za-z0-9_./-]*|[a-z0-9_]+(?:\.spec|\.test)?\.(?:cpp|h|js|mjs|py|sh|cmake))`")
# Files that the build makes under a name that no source has.
BUILT = {"sw.js"}

# A word that has another one in docs/glossary.md or in the house's English, and that other one. They are searched in documents
# and in the comments of the code. Code is not prose: names in backticks and in fences are left alone.
OLD_WORDS = [
    (r"\btak(e|es|en|ing) (\w+ ){0,3}over\b|\btook (\w+ ){0,3}over\b|\btake-?overs?\b", "adopt"),
    (r"\bpictures?\b", "image; of a person: avatar"),
    (r"\bgiven lines\b", "browser line breaks"),
    (r"\bin pieces\b", "in steps"),
    (r"\bcompanion\b", "background tasks"),
    (r"\bknown (thread|comments)\b", "prebuilt comments"),
    (r"\bforeign changes\b", "DOM mutations"),
    (r"\bown text\b", "DOM text"),
    (r"\bopening marks?\b", "hanging punctuation"),
    (r"\bdefus(e|es|ed|ing)\b", "limit the parse cost"),
    (r"\bviewer\b", "reader files"),
    (r"\bold address(es)?\b", "redirect"),
    (r"\bformer (output|release)s?\b", "previous"),
    (r"\bsmaller (picture|image|form)s\b", "image variants"),
    (r"\beditions?\b", "build id"),
    (r"\bhost files\b", "hosting configuration"),
    (r"\bsending turn\b", "outbox lock"),
    (r"\bkept images?\b", "pinned image"),
    (r"\bforeign (html|markup|links?)\b", "untrusted"),
    (r"\bways on\b", "post navigation"),
    (r"\b\w*(colour|behaviour|neighbour|licence|recognis|rasteris|normalis|centred|cancelled|labelled)\w*|\bgrey\b", "the American spelling"),
    (r"; who\b", "a sentence with a subject"),
    (r"\b(of no account|what is none|at it still)\b", "plain English"),
]

# How comments look, by the ending of a file's name. A "//" within an address is none, nor is what a string of one line holds.
STRING = r"\"(?:[^\"\\\n]|\\.)*\"|(?<!\w)'(?:[^'\\\n]|\\.)*'"
SLASH_COMMENTS = re.compile(r"(?P<block>/\*.*?\*/)|(?P<line>(?<![:/])//[^\n]*)|" + STRING, re.S)
HASH_COMMENTS = re.compile(r"(?P<block>\"\"\".*?\"\"\")|(?P<line>(?<!\S)#[^\n]*)|" + STRING, re.S)
COMMENTS = {
    **dict.fromkeys((".cpp", ".h", ".def", ".js", ".mjs", ".ts", ".css"), SLASH_COMMENTS),
    **dict.fromkeys((".py", ".sh", ".cmake", "/dev", "CMakeLists.txt"), HASH_COMMENTS),
}
# They list the old words.
OF_OLD_WORDS = {"tests/lint/check_docs.py", "tests/lint/test_lints.py"}

DECISION_HEADINGS = ["Context", "Choice", "Price", "Revisit when"]

# A row of docs/evidence.md: what, the test's name, its file, the engine.
EVIDENCE = re.compile(r"^\|[^|]*\| (by hand: )?`(.+?)` \| `(tests/[^`]+)` \| [^|]+ \|$")


def document_names():
    found = {path for pattern in ("*.md", "docs/**/*.md", "tests/*.md") for path in ROOT.glob(pattern)}
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


def prose_lines(text):
    """Yields (number, line) for lines outside of code fences."""
    fence = ""
    for number, line in enumerate(text.splitlines(), 1):
        mark = re.match(r"\s*(`{3,})", line)
        if fence:
            # Only a fence that is as long closes one, so an example may hold fences.
            if mark and len(mark[1]) >= len(fence) and line.strip() == mark[1]:
                fence = ""
        elif mark:
            fence = mark[1]
        else:
            yield number, line


def problems_of_length(name, text):
    lines, words = len(text.splitlines()), len(text.split())
    if lines > MAX_LINES.get(name, lines):
        yield f"{name}: {lines} lines; {MAX_LINES[name]} are enough"
    if words > MAX_WORDS.get(name, words):
        yield f"{name}: {words} words; {MAX_WORDS[name]} are enough"
    for number, line in prose_lines(text):
        if len(line) > MAX_PROSE_COLUMNS and not line.startswith("|"):
            yield f"{name}:{number}: {len(line)} columns; wrap prose at about 110"


def comment_lines(name, text):
    """Yields (number, line) for the lines of comments, without the code before them."""
    pattern = next((found for ending, found in COMMENTS.items() if f"/{name}".endswith(ending)), None)
    if pattern is None:
        return
    for comment in pattern.finditer(text):
        kind = comment.lastgroup
        if kind is not None:
            first = text.count("\n", 0, comment.start()) + 1
            yield from enumerate(comment[kind].split("\n"), first)


def problems_of_words(name, lines):
    for number, line in lines:
        prose = re.sub(r"`[^`]*`|\]\([^)]*\)", " ", line)
        for pattern, better in OLD_WORDS:
            for match in re.finditer(pattern, prose, re.I):
                yield f"{name}:{number}: “{match[0]}”; the word here is: {better}"


def problems_of_names(name, text, verbs, file_names):
    for number, line in enumerate(text.splitlines(), 1):
        for named in PATH.findall(line):
            is_there = (ROOT / named).exists() if "/" in named else named in file_names or named in BUILT
            if not is_there:
                yield f"{name}:{number}: {named} does not exist"
        for verb in re.findall(r"\./dev ([a-z]+)", line):
            if verb not in verbs:
                yield f"{name}:{number}: ./dev has no verb {verb}"
    # Links of examples lead nowhere.
    for number, line in prose_lines(text):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", line):
            if not ((ROOT / name).parent / target).exists():
                yield f"{name}:{number}: link to {target}, which does not exist"


def problems_of_evidence(text, read):
    rows = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.startswith("| ") and not line.startswith(("| What", "| ---"))]
    if not rows:
        yield "docs/evidence.md: no row"
    for number, line in rows:
        row = EVIDENCE.match(line)
        if row is None:
            yield f"docs/evidence.md:{number}: a row is | what | `test` | `file` | engine |"
        elif row[1] is None and not re.search(r"(['\"`]|def |}:? |TEST\w*\(\w+, )" + re.escape(row[2]), read(row[3])):
            yield f"docs/evidence.md:{number}: {row[3]} has no test “{row[2]}”"


def problems_of_decisions(texts, index):
    """`texts`: file name -> text, of all decisions; `index`: the text of docs/decisions/README.md."""
    numbers = set()
    for file, text in sorted(texts.items()):
        where = f"docs/decisions/{file}"
        if not re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", file):
            yield f"{where}: a decision's file is NNNN-title.md"
        if file[:4] in numbers:
            yield f"{where}: the number is taken"
        numbers.add(file[:4])
        if re.findall(r"^## (.+)$", text, re.M) != DECISION_HEADINGS:
            yield f"{where}: the headings are {', '.join(DECISION_HEADINGS)}"
        if not re.search(r"^\d{4}-\d{2}-\d{2}$", text, re.M):
            yield f"{where}: a line of its own says the date"
        if f"({file})" not in index:
            yield f"docs/decisions/README.md: {file} is missing"


def read_or_nothing(name):
    return (ROOT / name).read_text(encoding="utf-8") if (ROOT / name).is_file() else ""


def main():
    names = document_names()
    verbs = set(re.findall(r"^  ([a-z]+)\)", read_or_nothing("dev"), re.M))
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True)
    sources = [name for name in listed.stdout.splitlines() if name not in OF_OLD_WORDS and (ROOT / name).is_file()]
    file_names = {pathlib.PurePosixPath(name).name for name in listed.stdout.splitlines() if (ROOT / name).is_file()}
    found = [f"{name}: the document is missing" for name in REQUIRED if name not in names]
    for name in names:
        text = read_or_nothing(name)
        found += [*problems_of_length(name, text), *problems_of_words(name, prose_lines(text)), *problems_of_names(name, text, verbs, file_names)]
    for name in sources:
        if any(f"/{name}".endswith(ending) for ending in COMMENTS):
            found += problems_of_words(name, comment_lines(name, read_or_nothing(name)))
    found += problems_of_evidence(read_or_nothing("docs/evidence.md"), read_or_nothing)
    decisions = {pathlib.PurePosixPath(name).name: read_or_nothing(name) for name in names if name.startswith("docs/decisions/")}
    index = decisions.pop("README.md", "")
    found += problems_of_decisions(decisions, index)
    print("\n".join(found))
    print(f"documents: {len(names)} files, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
