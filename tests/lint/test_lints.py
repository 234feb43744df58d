"""Shows that every rule of the lints can fail: each has a line that breaks it here."""
import re
import unittest

import check_docs
import check_layers
import check_rules
import check_version

# A line that breaks a rule, in a file where it counts.
BROKEN = [
    ("shell/a.js", "element.innerHTML = text;"),
    ("shell/a.js", "eval(text);"),
    ("shell/a.js", "addEventListener('wheel', f, { passive: false });"),
    ("shell/a.js", "addEventListener('contextmenu', f);"),
    ("shell/a.js", "if (event.key === 'f') find();"),
    ("web/a.html", '<meta name="viewport" content="user-scalable=no">'),
    ("shell/a.js", "if (/Firefox/.test(navigator.userAgent)) f();"),
    ("shell/a.js", "context.getImageData(0, 0, 1, 1);"),
    ("shell/main.js", "wasmMemory.buffer;"),
    ("tests/browser/a.spec.mjs", "await page.waitForTimeout(500);"),
    ("package.json", '"registry": "https://registry.%s/"' % "npmjs.org"),
    ("dev", "cd /%s/somebody/octavo" % "home"),
    ("src/core/a.cpp", "// TODO: later"),
    ("src/core/a.cpp", "#include <iostream>"),
]
COMMENT = "// What the file is for.\n"

WRONG_INCLUDES = [
    ("src/core/base/a.cpp", '#include "core/layout/layout.h"'),
    ("src/core/content/a.cpp", "#include <chrono>"),
    ("src/core/content/a.cpp", "#include <nlohmann/json.hpp>"),
    ("src/press/a.cpp", "#include <imgui.h>"),
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


if __name__ == "__main__":
    unittest.main()
