#!/usr/bin/env python3
"""Runs fuzz targets over all their inputs and prints how much of their code these reach, as a table in Markdown.

coverage.py BUILD [TARGET...]: without names, all targets.
"""
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# The code that a target is there for: files and folders below src/.
CODE = {
    "bridge": ["browser/messages.cpp", "core/content/document/block_codec.cpp"],
    "bundle": ["core/content/bundle", "core/base/json.cpp", "core/base/json_fields.cpp", "core/base/json_writer.cpp"],
    "comment_markup": ["core/comments/comment_content.cpp", "core/comments/comment_markup.cpp"],
    "conversation": ["browser/conversation_messages.cpp", "core/conversation"],
    "engine_answers": [
        "core/comments/engine_answer.cpp",
        "core/comments/form_reading.cpp",
        "core/comments/reconcile.cpp",
        "core/comments/submission_outcome.cpp",
        "core/comments/thread_reading.cpp",
        "core/comments/own_comment.cpp",
    ],
    "feed_xml": [
        "press/import/feeds/feed_item.cpp",
        "press/import/feeds/feed_json.cpp",
        "press/import/feeds/feed_xml.cpp",
        "press/import/wordpress/wordpress_export.cpp",
        "press/import/wordpress/wordpress_markup.cpp",
        "press/import/wordpress/wordpress_paragraphs.cpp",
        "press/import/feeds/xml_document.cpp",
    ],
    "front_matter": [
        "press/source/front_matter.cpp",
        "press/source/front_matter_fence.cpp",
        "press/source/front_matter_json.cpp",
        "press/source/front_matter_toml.cpp",
        "press/source/front_matter_value.cpp",
        "press/source/front_matter_yaml.cpp",
        "press/source/post_source.cpp",
    ],
    "html_import": ["core/content/html"],
    "http_request": ["server/comments/api", "server/comments/store/comment_store.cpp", "server/http/request_headers.cpp"],
    "layout": ["core/layout/block", "core/layout/line", "core/layout/text", "core/layout/display_list.cpp"],
    "markdown": ["core/content/markdown/markdown.cpp", "core/content/markdown/footnotes.cpp", "core/content/markdown/figures.cpp"],
    "markdown_writer": ["core/content/markdown/markdown_writer.cpp", "core/content/markdown/markdown_inline_writer.cpp"],
    "reader": ["core/reader", "core/page"],
    "records": ["core/comments/draft.cpp", "core/comments/outbox_record.cpp"],
    "request_head": ["server/http/request_head.cpp"],
    "url": ["core/base/url.cpp", "core/base/plain_name.cpp", "core/base/utf8.cpp", "core/base/date.cpp"],
}


def sources(name):
    files = []
    for entry in CODE[name]:
        path = ROOT / "src" / entry
        files += sorted(path.glob("*.cpp")) if path.is_dir() else [path]
    for file in files:
        if not file.is_file():
            sys.exit(f"coverage.py: there is no {file.relative_to(ROOT)}; CODE names it")
    return [str(file) for file in files]


def coverage(build, name, folders):
    profile = build / f"{name}.profraw"
    kept = ROOT / "build" / "fuzz-corpus" / name
    inputs = folders + ([str(kept)] if kept.is_dir() else [])
    command = [str(build / f"fuzz_{name}"), "-runs=0", "-timeout=60", *inputs]
    environment = {**os.environ, "LLVM_PROFILE_FILE": str(profile), "OCTAVO_FUZZ_GROWTH": "1"}
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    merged = build / f"{name}.profdata"
    subprocess.run(["llvm-profdata", "merge", "-sparse", str(profile), "-o", str(merged)], check=True)
    export = ["llvm-cov", "export", "-summary-only", str(build / f"fuzz_{name}"), f"-instr-profile={merged}"]
    report = json.loads(subprocess.run(export, check=True, capture_output=True, text=True).stdout)
    wanted = set(sources(name))
    # Names are as the compiler was given them: relative to the folder of the build.
    own = [file["summary"] for file in report["data"][0]["files"] if os.path.realpath(build / file["filename"]) in wanted]
    return [share(own, kind) for kind in ("lines", "regions")]


def share(summaries, kind):
    count = sum(summary[kind]["count"] for summary in summaries)
    covered = sum(summary[kind]["covered"] for summary in summaries)
    return f"{100 * covered / max(count, 1):.0f} % of {count}"


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    print("| Target | Lines | Regions | Of |\n| --- | --- | --- | --- |")
    for line in (build / "fuzz_targets.tsv").read_text().splitlines():
        name, *folders = line.split("\t")
        if len(sys.argv) > 2 and name not in sys.argv[2:]:
            continue
        lines, regions = coverage(build, name, folders)
        code = ", ".join(f"`{entry}`" for entry in CODE[name])
        print(f"| {name} | {lines} | {regions} | {code} |", flush=True)


main()
