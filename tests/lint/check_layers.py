"""Fails when a file includes or imports something that its room must not see (the table of rooms in ARCHITECTURE.md), or when includes
within a room form a circle."""
import pathlib
import posixpath
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# C++ rooms, each with the rooms of ours that it may include besides itself. Rooms are folders; the deepest that contains a file is the
# file's room, and a name here means that folder alone, not those in it.
CONTENT = ["content/document", "content/html", "content/markdown", "content/bundle"]
LAYOUT = ["layout/style", "layout/text", "layout/tree", "layout/line", "layout/block", "layout"]


def in_core(*rooms):
    return [f"core/{room}" for room in rooms]


def staged(prefix, stages, outside):
    """Each stage sees the stages before it, and what `outside` says of all."""
    return {f"{prefix}/{stage}": outside + [f"{prefix}/{earlier}" for earlier in stages[:at]] for at, stage in enumerate(stages)}


PRESS = ["base", "output", "source", "prepare", "publish", "import/common", "import/feeds", "import/wordpress", "import/folders", "import"]
CORE = in_core("base", *CONTENT, *LAYOUT, "comments", "page", "reader", "conversation")
ROOMS = {
    "core/base": [],
    **staged("core", CONTENT, in_core("base")),
    **staged("core", LAYOUT, in_core("base", *CONTENT)),
    "core/search": in_core("base", *CONTENT),
    "core/comments": in_core("base", *CONTENT),
    "core/page": in_core("base", *CONTENT, "comments"),
    "core/conversation": in_core("base", *CONTENT, "comments", "page"),
    "core/reader": in_core("base", *CONTENT, *LAYOUT, "comments", "page"),
    "ui": CORE,
    "browser": CORE + ["ui"],
    "server": in_core("base"),
    "server/http": in_core("base") + ["server"],
    "server/site": in_core("base") + ["server", "server/http"],
    "server/comments": in_core("base", *CONTENT, "comments") + ["server", "server/http"],
    **staged("server/comments", ["store", "moderation", "api"], in_core("base", *CONTENT, "comments") + ["server", "server/http", "server/comments"]),
    **staged("press", PRESS, CORE + ["server/http"]),
    "press/command": CORE + [f"press/{stage}" for stage in PRESS]
    + ["server", "server/http", "server/site", "server/comments", "server/comments/store", "server/comments/moderation", "server/comments/api"],
}

# JavaScript rooms below shell/, in the same form.
SHELL_ROOMS = {
    "site": [],
    "canvas": ["site"],
    "program": ["site", "canvas"],
    "page": ["site", "canvas", "program"],
    "conversation": ["site"],
    "service_worker": ["site", "conversation"],
    "standalone": ["site", "conversation"],
}

# third-party header -> the only files of ours that may include it (prefixes).
THIRD_PARTY = {
    r"nlohmann/": ["src/core/base/json.cpp"],
    r"md4c\.h|^entity\.h": ["src/core/content/markdown/markdown", "src/core/content/html/html_entity_table.cpp"],
    r"fribidi": ["src/core/layout/text/"],
    r"linebreak\.h|linebreakdef\.h|graphemebreak\.h|unibreak": ["src/core/layout/text/"],
    r"imgui": ["src/ui/", "src/browser/app.cpp", "src/browser/gl_context.cpp"],
    r"emscripten|GLES3/": ["src/browser/"],
    r"yaml-cpp|toml\+\+": ["src/press/source/"],
    r"gumbo": ["src/press/base/gumbo_parser.cpp"],
    r"CLI/|CLI11": ["src/press/command/main.cpp"],
    r"openssl": ["src/press/base/sha256.cpp", "src/server/"],
    r"pqxx": ["src/server/comments/store/postgres_database.cpp"],
    r"sqlite3\.h": ["src/server/comments/store/sqlite_database.cpp"],
    r"KSyntaxHighlighting/": ["src/press/prepare/code_highlighter.cpp"],
    r"^Q[A-Z]": ["src/press/prepare/code_highlighter.cpp", "src/press/prepare/image_variants.cpp"],
    r"httplib|brotli|zlib": ["src/server/"],
    r"boost/": ["src/server/http/http_connection.", "src/server/http/http_server.cpp", "src/server/http/request_head.cpp"],
}

# What core must never touch: files, clocks, threads, sockets.
CORE_FORBIDDEN = re.compile(r"<(chrono|thread|mutex|fstream|filesystem|iostream|future|condition_variable|sys/.*|unistd\.h|time\.h|ctime)>")
CHRONO_ALLOWED = {"src/core/base/date.cpp"}  # calendar arithmetic, no clock

INCLUDE = re.compile(r'\s*#\s*include\s+([<"])([^>"]+)[>"]')
IMPORT = re.compile(r"""(?:^\s*import\s|^\s*}?.*\sfrom\s|\bimport\()\s*['"]([^'"]+)['"]""")


def room_of(path, rooms):
    """The longest folder of `path` that is a room, or None."""
    folder = posixpath.dirname(path)
    while folder and folder not in rooms:
        folder = posixpath.dirname(folder)
    return folder or None


def problems_of(path):
    return problems_in(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def problems_in(name, text):
    return script_problems(name, text) if name.endswith((".js", ".ts")) else source_problems(name, text)


def source_problems(name, text):
    room = room_of(name.removeprefix("src/"), ROOMS)
    if room is None:
        yield f"{name}:1: this folder is no room; add it to tests/lint/check_layers.py and ARCHITECTURE.md"
        return
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        header = match.group(2)
        where = f"{name}:{number}"
        is_own = match.group(1) == '"' and re.match(r"(core|ui|browser|press|server)/", header)
        if is_own and room_of(header, ROOMS) not in [room, *ROOMS[room]]:
            yield f"{where}: src/{room} must not include {header}"
        for pattern, allowed in THIRD_PARTY.items():
            if not is_own and re.search(pattern, header) and not any(name.startswith(prefix) for prefix in allowed):
                yield f"{where}: {header} may only be included by {', '.join(allowed)}"
        if name.startswith("src/core/") and CORE_FORBIDDEN.search(f"<{header}>") and name not in CHRONO_ALLOWED:
            yield f"{where}: core must not include <{header}>: no clock, file, socket or thread in core"


def script_problems(name, text):
    room = room_of(name.removeprefix("shell/"), SHELL_ROOMS)
    if room is None:
        yield f"{name}:1: this folder is no room; add it to tests/lint/check_layers.py and ARCHITECTURE.md"
        return
    for number, line in enumerate(text.splitlines(), 1):
        match = IMPORT.search(line)
        if not match or not match.group(1).startswith("."):
            continue
        imported = posixpath.normpath(posixpath.join(posixpath.dirname(name), match.group(1)))
        other = room_of(imported.removeprefix("shell/"), SHELL_ROOMS) if imported.startswith("shell/") else None
        if other not in [room, *SHELL_ROOMS[room]]:
            yield f"{name}:{number}: shell/{room} must not import {imported}"


def pair_of(name):
    """A header and its source count as one."""
    return name.rsplit(".", 1)[0]


def circles_in(texts):
    """The circles that includes form between pairs of one room; `texts` maps each file's name to what is in it."""
    seen = {}
    for name, text in texts.items():
        own = pair_of(name)
        for match in map(INCLUDE.match, text.splitlines()):
            header = f"src/{match.group(2)}" if match and match.group(1) == '"' else ""
            if header in texts and pair_of(header) != own and room_of(header.removeprefix("src/"), ROOMS) == room_of(name.removeprefix("src/"), ROOMS):
                seen.setdefault(own, set()).add(pair_of(header))
    for first in sorted(seen):
        path = circle_from(first, seen)
        # Each circle is reported once, beginning with its first name.
        if path and first == min(path):
            yield f"{first}.h:1: these include each other: {' -> '.join([*path, first])}"


def circle_from(first, seen):
    """The shortest path from `first` back to it, or None."""
    ways = [[first]]
    reached = set()
    for way in ways:
        for other in sorted(seen.get(way[-1], ())):
            if other == first:
                return way
            if other not in reached:
                reached.add(other)
                ways.append([*way, other])
    return None


def runtime_imports(name, text):
    """The scripts that a script imports when it is loaded; imports of types in comments do not count."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith(("/*", "*", "//"))]
    matches = [IMPORT.search(line) for line in lines if "import(" not in line]
    return [posixpath.normpath(posixpath.join(posixpath.dirname(name), match.group(1))) for match in matches if match and match.group(1).startswith(".")]


def import_cycles(scripts):
    """Yields a problem for each cycle of imports among `scripts`, a dict from name to text."""
    done = set()

    def visit(name, path):
        if name in path:
            cycle = path[path.index(name):] + [name]
            yield f"{name}:1: imports form a cycle: {' -> '.join(cycle)}"
        elif name not in done and name in scripts:
            for imported in runtime_imports(name, scripts[name]):
                yield from visit(imported, path + [name])
            done.add(name)

    for name in scripts:
        yield from visit(name, [])


def main():
    files = sorted(p for p in (ROOT / "src").rglob("*") if p.suffix in {".h", ".cpp"})
    scripts = sorted((ROOT / "shell").rglob("*.js"))
    files += scripts + sorted((ROOT / "shell").rglob("*.ts"))
    found = [problem for path in files for problem in problems_of(path)]
    found += circles_in({path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in files if path.suffix in {".h", ".cpp"}})
    found += import_cycles({path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in scripts})
    print("\n".join(found))
    print(f"layers: {len(files)} files, {len(found)} problems")
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main())
