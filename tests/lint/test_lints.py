"""Shows that every rule of the lints can fail: each has a line that breaks it here."""
import re
import unittest

import check_docs
import check_layers
import check_rules
import check_version

# A line that breaks a rule, in a file where it counts.
BROKEN = [
    ("shell/a.js", "eval(text);"),
    ("shell/a.js", "addEventListener('wheel', f, { passive: false });"),
    ("shell/a.js", "addEventListener('contextmenu', f);"),
    ("shell/a.js", "if (event.key === 'f') find();"),
    ("web/a.html", '<meta name="viewport" content="user-scalable=no">'),
    ("shell/a.js", "if (/Firefox/.test(navigator.userAgent)) f();"),
    ("shell/a.js", "context.getImageData(0, 0, 1, 1);"),
    ("package.json", '"registry": "https://registry.%s/"' % "npmjs.org"),
    ("dev", "cd /%s/somebody/octavo" % "home"),
    ("src/core/a.cpp", "// TODO: later"),
    ("src/core/a.cpp", "#include <iostream>"),
]
COMMENT = "// What the file is for.\n"

# Prose with a word that documents must no longer have.
OLD_PROSE = [
    "The reader takes the page over.",
    "It was taken over.",
    "The take-over moves nothing.",
    "Pictures are published as they are.",
    "Layout keeps the given lines.",
    "The page is made in pieces.",
    "The companion registers the worker.",
    "The known comments are listed.",
    "It counts foreign changes.",
    "A block shows its own text.",
    "An opening mark hangs.",
    "Costly inputs are defused.",
    "The press publishes the viewer.",
    "Old addresses lead to posts.",
    "The former output is kept.",
    "It makes smaller forms.",
    "The edition is a hash.",
    "It writes host files.",
    "The sending turn is held.",
    "Kept images are listed.",
    "Foreign HTML is read.",
    "The ways on follow the article.",
    "The colour is part of the key.",
    "One page waits; who has it, sends.",
    "Such a release is of no account.",
]

WRONG_INCLUDES = [
    ("src/core/base/a.cpp", '#include "core/layout/layout.h"'),
    ("src/core/content/a.cpp", "#include <chrono>"),
    ("src/core/content/a.cpp", "#include <nlohmann/json.hpp>"),
    ("src/press/import/a.cpp", "#include <imgui.h>"),
    ("src/press/a.cpp", "#include <vector>"),
    ("src/other/a.cpp", "#include <vector>"),
]


class Lints(unittest.TestCase):
    def test_every_forbidden_pattern_is_found(self):
        for pattern, places, why in check_rules.FORBIDDEN:
            lines = [(name, line) for name, line in BROKEN if name.startswith(places) and re.search(pattern, line)]
            self.assertTrue(lines, f"no line here breaks {pattern}")
            for name, line in lines:
                found = list(check_rules.problems_in(name, COMMENT + line + "\n"))
                self.assertTrue(any(problem.endswith(f":2: {why}") for problem in found), f"{name}: {line}: {found}")

    def test_form_of_files_is_checked(self):
        self.assertIn("first line", list(check_rules.problems_in("src/core/a.cpp", "int a;\n"))[0])
        long_file = COMMENT + "int a;\n" * check_rules.MAX_LINES
        self.assertIn("split", list(check_rules.problems_in("src/core/a.cpp", long_file))[0])
        self.assertEqual(list(check_rules.problems_in("src/core/a.cpp", COMMENT + "int a;\n")), [])

    def test_wrong_includes_are_found(self):
        for name, line in WRONG_INCLUDES:
            self.assertTrue(list(check_layers.problems_in(name, COMMENT + line + "\n")), f"{name}: {line}")
        self.assertEqual(list(check_layers.problems_in("src/core/layout/a.cpp", '#include "core/base/url.h"\n#include <vector>\n')), [])

    def test_every_room_refuses_what_it_must_not_see(self):
        for room, seen in check_layers.ROOMS.items():
            for other in check_layers.ROOMS:
                found = list(check_layers.problems_in(f"src/{room}/a.cpp", f'#include "{other}/b.h"\n'))
                self.assertEqual(not found, other in [room, *seen], f"{room} includes {other}: {found}")

    def test_every_shell_room_refuses_what_it_must_not_see(self):
        for room, seen in check_layers.SHELL_ROOMS.items():
            for other in check_layers.SHELL_ROOMS:
                for line in (f"import {{ b }} from '../{other}/b.js';", f"import '../{other}/b.js';", f"const b = await import('../{other}/b.js');", f"}} from '../{other}/b.js';"):
                    found = list(check_layers.problems_in(f"shell/{room}/a.js", line + "\n"))
                    self.assertEqual(not found, other in [room, *seen], f"{line} in {room}: {found}")
        self.assertTrue(list(check_layers.problems_in("shell/a.js", "const a = 1;\n")))
        self.assertTrue(list(check_layers.problems_in("shell/site/a.d.ts", "import type { B } from '../page/b.js';\n")))

    def test_circles_within_a_room_are_found(self):
        def files(**includes):
            return {f"src/core/base/{name.replace('_cpp', '.cpp').replace('_h', '.h')}": f'#include "core/base/{header}.h"\n' for name, header in includes.items()}

        for circle in (files(a_h="b", b_h="a"), files(a_cpp="b", a_h="x", b_h="a"), files(a_h="b", b_cpp="c", b_h="x", c_cpp="a", c_h="x")):
            found = list(check_layers.circles_in(circle))
            self.assertEqual(len(found), 1, found)
            self.assertIn("src/core/base/a.h:1: ", found[0])
        self.assertEqual(list(check_layers.circles_in(files(a_cpp="a", a_h="b", b_cpp="b", b_h="c", c_h="x"))), [])
        # Between rooms the table of rooms decides.
        self.assertEqual(list(check_layers.circles_in({"src/core/base/a.h": '#include "core/page/b.h"\n', "src/core/page/b.h": '#include "core/base/a.h"\n'})), [])

    def test_cycles_of_imports_are_found(self):
        scripts = {"shell/page/a.js": "import { b } from './b.js';\n", "shell/page/b.js": "import {\n  c,\n} from '../site/c.js';\n", "shell/site/c.js": "\n"}
        self.assertEqual(list(check_layers.import_cycles(scripts)), [])
        types = {**scripts, "shell/site/c.js": "/** @import { A } from '../page/a.js' */\n"}
        self.assertEqual(list(check_layers.import_cycles(types)), [])
        cycle = {**scripts, "shell/site/c.js": "import '../page/a.js';\n"}
        self.assertEqual(len(list(check_layers.import_cycles(cycle))), 1)

    def test_versions_that_differ_are_found(self):
        cmake = "project(octavo VERSION 1.2.3 LANGUAGES C CXX)"
        same, other = '{"version": "1.2.3"}', '{"version": "1.2.4"}'
        self.assertEqual(list(check_version.problems_in(cmake, same, same)), [])
        for texts in ((cmake, other, same), (cmake, same, other), ("project(octavo)", same, same)):
            self.assertEqual(len(list(check_version.problems_in(*texts))), 1)

    def test_evidence_names_tests_that_exist(self):
        spec = "pageTest('a page is read', async"
        row = "| Reading | `{}` | `tests/browser/a.spec.mjs` | Chromium |"
        self.assertEqual(list(check_docs.problems_of_evidence(row.format("a page is read"), lambda _: spec)), [])
        for wrong in (row.format("a page is not read"), row.format("page is read"), "| Reading | by itself |", "no table"):
            self.assertTrue(list(check_docs.problems_of_evidence(wrong, lambda _: spec)), wrong)

    def test_documents_are_bounded(self):
        self.assertTrue(list(check_docs.problems_of_length("README.md", "a line\n" * 151)))
        self.assertTrue(list(check_docs.problems_of_length("ARCHITECTURE.md", "word " * 20 + "\n" + "word\n" * 2481)))
        self.assertTrue(list(check_docs.problems_of_length("docs/a.md", "a" * 241)))
        fine = "word\n" * 2500 + "| a row of a table " + "a" * 241 + " |\n```\n" + "a" * 241 + "\n```\n"
        self.assertEqual(list(check_docs.problems_of_length("docs/a.md", fine)), [])
        self.assertEqual(list(check_docs.problems_of_length("ARCHITECTURE.md", "word\n" * 2500)), [])

    def test_every_old_word_is_found(self):
        for pattern, better in check_docs.OLD_WORDS:
            lines = [line for line in OLD_PROSE if re.search(pattern, line, re.I)]
            self.assertTrue(lines, f"no line here breaks {pattern}")
            for line in lines:
                found = list(check_docs.problems_of_words("docs/a.md", check_docs.prose_lines("Fine.\n" + line + "\n")))
                self.assertTrue(any(problem.startswith("docs/a.md:2: ") and problem.endswith(better) for problem in found), f"{line}: {found}")
        code = "The reader adopts `take_over`.\n```\npictures\n```\n[file](take-over.md)\n"
        self.assertEqual(list(check_docs.problems_of_words("docs/a.md", check_docs.prose_lines(code))), [])

    def test_old_words_are_found_in_comments(self):
        def problems(name, text):
            return [problem.split(";")[0] for problem in check_docs.problems_of_words(name, check_docs.comment_lines(name, text))]

        for name, text in (
            ("src/a.cpp", "int a;\nint b = 1'000;  // the viewer's files\n"),
            ("src/a.h", "int a; /* one\n   and the viewer */\n"),
            ("shell/a.js", "const a = 'it';\n// the viewer\n"),
            ("shell/a.css", "a {}\n/* the viewer */\n"),
            ("tests/a.py", 'a = "#"\n"""The viewer."""\n'),
            ("cmake/a.cmake", "set(a b)\nset(c d)  # the viewer\n"),
            ("dev", "a=b\n# the viewer\n"),
        ):
            self.assertEqual(problems(name, text), [f"{name}:2: “viewer”"], text)
        for name, text in (
            ("src/a.cpp", 'int viewer;\nf("// the viewer");  // calls `viewer`\n'),
            ("shell/a.js", "viewer('/* viewer */', 'https://viewer.example/');\n"),
            ("tests/a.py", "viewer = '# viewer'\n"),
            ("docs/a.md", "// the viewer\n"),
        ):
            self.assertEqual(problems(name, text), [], text)

    def test_documents_name_what_exists(self):
        files = {"layout.h"}
        fine = "`layout.h` in `tests/lint/`, `sw.js`, ./dev test, [a link](check_docs.py)"
        self.assertEqual(list(check_docs.problems_of_names("tests/lint/a.md", fine, {"test"}, files)), [])
        for wrong in ("`nowhere.h`", "`src/nowhere/`", "./dev nothing", "[a link](nowhere.md)"):
            self.assertTrue(list(check_docs.problems_of_names("tests/lint/a.md", wrong, {"test"}, files)), wrong)

    def test_documents_are_found_by_themselves(self):
        names = check_docs.document_names()
        for name in ("README.md", "docs/comments.md", "docs/decisions/README.md", "tests/README.md"):
            self.assertIn(name, names)

    def test_decisions_have_their_form(self):
        text = "# 1. A title\n\n2026-11-23\n" + "".join(f"\n## {heading}\n\nText.\n" for heading in check_docs.DECISION_HEADINGS)
        index = "- [0001](0001-a-title.md) A title\n"
        self.assertEqual(list(check_docs.problems_of_decisions({"0001-a-title.md": text}, index)), [])
        for texts, wrong_index in (
            ({"0001-a-title.md": text}, ""),
            ({"0001-a-title.md": text.replace("## Price", "## Cost")}, index),
            ({"0001-a-title.md": text.replace("2026-11-23", "")}, index),
            ({"0001-a-title.md": text, "0001-b.md": text}, index + "(0001-b.md)"),
            ({"a-title.md": text}, "(a-title.md)"),
        ):
            self.assertTrue(list(check_docs.problems_of_decisions(texts, wrong_index)), f"{list(texts)} {wrong_index}")


if __name__ == "__main__":
    unittest.main()
