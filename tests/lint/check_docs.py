"""Fails when a document names a path, a ./dev verb or a test that does not exist, or when the README is too long."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENTS = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "tests/README.md", "docs/comments.md", "docs/markdown.md", "docs/publishing.md", "docs/evidence.md"]
PATH = re.compile(r"`((?:src|shell|web|assets|tests|tools|cmake|\.ci)/[A-Za-z0-9_./-]*|[a-z_]+\.(?:cpp|h|js|mjs|py|sh|cmake))`")


def problems_of(name):
    path = ROOT / name
    if not path.is_file():
        yield f"{name}: the document is missing"
        return
    text = path.read_text(encoding="utf-8")
    if name == "README.md" and len(text.splitlines()) > 150:
        yield f"{name}: {len(text.splitlines())} lines; 150 are enough"
    verbs = set(re.findall(r"^  ([a-z]+)\)", (ROOT / "dev").read_text(encoding="utf-8"), re.M))
    is_example = False  # of Markdown, whose links lead nowhere
    for number, line in enumerate(text.splitlines(), 1):
        for named in PATH.findall(line):
            if "/" in named and not (ROOT / named).exists():
                yield f"{name}:{number}: {named} does not exist"
        for verb in re.findall(r"\./dev ([a-z]+)", line):
            if verb not in verbs:
                yield f"{name}:{number}: ./dev has no verb {verb}"
        if line.startswith("````"):
            is_example = not is_example
        for target in [] if is_example else re.findall(r"\]\((?!https?:|#)([^)#]+)", line):
            if not (path.parent / target).exists():
                yield f"{name}:{number}: link to {target}, which does not exist"


# A row of docs/evidence.md: what, the test's name, its file, the engine.
EVIDENCE = re.compile(r"^\|[^|]*\| (by hand: )?`(.+?)` \| `(tests/[^`]+)` \| [^|]+ \|$")


def problems_of_evidence(text, read):
    rows = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.startswith("| ") and not line.startswith(("| What", "| ---"))]
    if not rows:
        yield "docs/evidence.md: no row"
    for number, line in rows:
        row = EVIDENCE.match(line)
        if row is None:
            yield f"docs/evidence.md:{number}: a row is | what | `test` | `file` | engine |"
        elif row[1] is None and not re.search(r"(['\"`]|def |}:? )" + re.escape(row[2]), read(row[3])):
            yield f"docs/evidence.md:{number}: {row[3]} has no test “{row[2]}”"


def read_or_nothing(name):
    return (ROOT / name).read_text(encoding="utf-8") if (ROOT / name).is_file() else ""


def main():
    found = [problem for name in DOCUMENTS for problem in problems_of(name)]
    found += problems_of_evidence(read_or_nothing("docs/evidence.md"), read_or_nothing)
    print("\n".join(found))
    print(f"documents: {len(DOCUMENTS)} files, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
