"""Fails where the sources break a rule that a machine can check: file sizes, first lines, captured keys, registry hosts. Rules that need a parser are in eslint.config.mjs."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
MAX_LINES = 800

# pattern, files it is searched in (prefixes and suffixes), why it is not allowed
FORBIDDEN = [
    (r"\beval\(|new Function\(", ("shell/", "web/"), "the Content-Security-Policy forbids evaluated code"),
    (r"passive:\s*false", ("shell/",), "no listener may block scrolling"),
    (r"['\"]contextmenu['\"]", ("shell/",), "the context menu is the browser's own"),
    (r"['\"](F3|PrintScreen)['\"]|key\s*===?\s*['\"][fpg]['\"]", ("shell/",), "find and print are the browser's own"),
    (r"user-scalable|maximum-scale", ("shell/", "web/"), "page zoom is never disabled"),
    (r"navigator\.userAgent|navigator\.vendor", ("shell/",), "engines are measured, not sniffed"),
    (r"getImageData|readPixels|toDataURL|toBlob", ("shell/", "src/"), "pixels are never read back"),
    (r"//[a-z.]*(debian|npmjs|pypi|pythonhosted)[.]", ("",), "no registry host is named in the repository"),
    (r"(^|[^a-zA-Z.])/(root|work|home)/[a-z]", ("src/", "shell/", "tools/", "cmake/", "CMakeLists.txt", "dev"), "a path of one machine"),
    (r"\b(TODO|FIXME|XXX|HACK)\b", ("src/", "shell/", "web/"), "do it or file an issue"),
    (r"#include <iostream>", ("src/",), "iostream costs size; use cstdio"),
]
SKIPPED = {"package-lock.json", "tests/lint/check_rules.py", "tests/lint/test_lints.py"}


def tracked_files():
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.splitlines() if name not in SKIPPED and (ROOT / name).is_file()]


def problems_of(name):
    try:
        text = (ROOT / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return
    yield from problems_in(name, text)


def problems_in(name, text):
    lines = text.splitlines()
    is_code = name.endswith((".cpp", ".h", ".js", ".mjs", ".ts"))
    if is_code and name.startswith(("src/", "shell/", "tests/")):
        if len(lines) > MAX_LINES:
            yield f"{name}:1: {len(lines)} lines; split what has more than {MAX_LINES}"
        if not lines or not re.match(r"\s*(//|/\*|#!)", lines[0]):
            yield f"{name}:1: the first line says in one sentence what the file is for"
    for pattern, places, why in FORBIDDEN:
        if not name.startswith(places):
            continue
        for number, line in enumerate(lines, 1):
            if re.search(pattern, line):
                yield f"{name}:{number}: {why}"


def main():
    names = tracked_files()
    found = [problem for name in names for problem in problems_of(name)]
    print("\n".join(found))
    print(f"rules: {len(names)} files, {len(found)} problems")
    return 1 if found or not names else 0


if __name__ == "__main__":
    sys.exit(main())
