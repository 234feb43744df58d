"""Fails when CMake, package.json and its lock file do not name the same version of the project."""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def problems_in(cmake, package, lock):
    found = re.search(r"^project\(octavo VERSION (\d+\.\d+\.\d+)\b", cmake, re.M)
    if found is None:
        yield "CMakeLists.txt: project(octavo VERSION …) names no version"
        return
    for name, version in [("package.json", json.loads(package)["version"]), ("package-lock.json", json.loads(lock)["version"])]:
        if version != found.group(1):
            yield f"{name}: version {version}, but {found.group(1)} in CMakeLists.txt"


def main():
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in ("CMakeLists.txt", "package.json", "package-lock.json")]
    found = list(problems_in(*texts))
    print("\n".join([*found, f"version: {len(found)} problems"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
