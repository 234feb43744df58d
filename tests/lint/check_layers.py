"""Fails when a file includes something its layer must not see (the table of ARCHITECTURE.md)."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# layer -> folders of ours it may include; the first match of a file's path counts.
LAYERS = {
    "src/core/base": ["core/base"],
    "src/core/content": ["core/base", "core/content"],
    "src/core/layout": ["core/base", "core/content", "core/layout"],
    "src/core/search": ["core/base", "core/content", "core/search"],
    "src/core/comments": ["core/base", "core/content", "core/comments"],
    "src/core/reader": ["core/"],
    "src/ui": ["core/", "ui/"],
    "src/browser": ["core/", "ui/", "browser/"],
    "src/press": ["core/", "press/", "server/"],
    "src/server": ["core/", "server/"],
}

# third-party header -> the only files of ours that may include it (prefixes).
THIRD_PARTY = {
    r"nlohmann/": ["src/core/base/json.cpp"],
    r"md4c\.h|^entity\.h": ["src/core/content/markdown", "src/core/content/html_entity_table.cpp"],
    r"fribidi": ["src/core/layout/"],
    r"linebreak\.h|linebreakdef\.h|graphemebreak\.h|unibreak": ["src/core/layout/"],
    r"imgui": ["src/ui/", "src/browser/app.cpp", "src/browser/gl_context.cpp"],
    r"emscripten|GLES3/": ["src/browser/"],
    r"yaml-cpp|toml\+\+|gumbo|CLI/|CLI11": ["src/press/"],
    r"openssl": ["src/press/", "src/server/"],
    r"pqxx": ["src/server/comments/postgres_database.cpp"],
    r"sqlite3\.h": ["src/server/comments/sqlite_database.cpp"],
    r"KSyntaxHighlighting/": ["src/press/code_highlighter.cpp"],
    r"^Q[A-Z]": ["src/press/code_highlighter.cpp", "src/press/smaller_pictures.cpp"],
    r"httplib|brotli|zlib": ["src/server/", "src/press/"],
}

# What core may never touch: files, clocks, threads, sockets.
CORE_FORBIDDEN = re.compile(r"<(chrono|thread|mutex|fstream|filesystem|iostream|future|condition_variable|sys/.*|unistd\.h|time\.h|ctime)>")
CHRONO_ALLOWED = {"src/core/base/date.cpp"}  # calendar arithmetic, no clock


def problems_of(path):
    return problems_in(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def problems_in(name, text):
    layer = next((folder for folder in LAYERS if name.startswith(folder + "/")), None)
    if layer is None:
        yield f"{name}:1: this folder is in no layer; add it to tests/lint/check_layers.py and ARCHITECTURE.md"
        return
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r'\s*#\s*include\s+([<"])([^>"]+)[>"]', line)
        if not match:
            continue
        header = match.group(2)
        where = f"{name}:{number}"
        own = match.group(1) == '"' and re.match(r"(core|ui|browser|press|server)/", header)
        if own and not any(header.startswith(allowed) for allowed in LAYERS[layer]):
            yield f"{where}: {layer} must not include {header}"
        for pattern, allowed in THIRD_PARTY.items():
            if not own and re.search(pattern, header) and not any(name.startswith(prefix) for prefix in allowed):
                yield f"{where}: {header} may only be included by {', '.join(allowed)}"
        if name.startswith("src/core/") and CORE_FORBIDDEN.search(f"<{header}>") and name not in CHRONO_ALLOWED:
            yield f"{where}: core must not include <{header}>: no clock, file, socket or thread in core"


def main():
    files = sorted(p for p in (ROOT / "src").rglob("*") if p.suffix in {".h", ".cpp"})
    found = [problem for path in files for problem in problems_of(path)]
    print("\n".join(found))
    print(f"layers: {len(files)} files, {len(found)} problems")
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main())
