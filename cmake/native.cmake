# The native side: the octavo command, its libraries, and every test that needs no browser.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(pugixml REQUIRED)
find_package(Boost 1.74 REQUIRED)  # only headers: Beast and Asio
find_package(yaml-cpp REQUIRED)
find_package(Qt5 REQUIRED COMPONENTS Core Gui)
find_package(KF5SyntaxHighlighting REQUIRED)
pkg_check_modules(GUMBO REQUIRED IMPORTED_TARGET gumbo)
pkg_check_modules(BROTLI REQUIRED IMPORTED_TARGET libbrotlienc libbrotlidec)
pkg_check_modules(HTTPLIB REQUIRED IMPORTED_TARGET cpp-httplib)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(PQXX REQUIRED IMPORTED_TARGET libpqxx)

# ---- press: import, build, check, new. Each stage is a library, linked only with the stages before it ------------------------
# The HTML5 parser behind core's HtmlParser is a library of its own so that core's tests need nothing else of press.
add_library(octavo_gumbo STATIC src/press/base/gumbo_parser.cpp)
target_link_libraries(octavo_gumbo PUBLIC octavo_content PRIVATE PkgConfig::GUMBO)

# KSyntaxHighlighting and Qt highlight code at build time; only this library and the image variants use Qt.
add_library(octavo_highlighter STATIC src/press/prepare/code_highlighter.cpp)
target_link_libraries(octavo_highlighter PUBLIC octavo_content PRIVATE KF5::SyntaxHighlighting)

# Variants of photographs, made by the Qt plugins of Debian's qt5-image-formats-plugins.
add_library(octavo_images STATIC src/press/prepare/image_probe.cpp src/press/prepare/image_variants.cpp)
target_link_libraries(octavo_images PUBLIC octavo_content PRIVATE Qt5::Gui)

add_library(octavo_press_base STATIC
  src/press/base/progress.cpp
  src/press/base/sha256.cpp
  src/press/base/text_encoding.cpp
  src/press/base/text_file.cpp
  src/press/base/xml_text.cpp)
target_link_libraries(octavo_press_base PUBLIC octavo_content octavo_gumbo PRIVATE OpenSSL::Crypto Threads::Threads)

add_library(octavo_press_output STATIC
  src/press/output/build_cache.cpp
  src/press/output/hashed_file.cpp
  src/press/output/output_folder.cpp
  src/press/output/precompress.cpp
  src/press/output/previous_output.cpp)
target_link_libraries(octavo_press_output PUBLIC octavo_press_base octavo_server_http)

add_library(octavo_press_source STATIC
  src/press/source/comment_thread.cpp
  src/press/source/content_folder.cpp
  src/press/source/front_matter.cpp
  src/press/source/front_matter_fence.cpp
  src/press/source/front_matter_json.cpp
  src/press/source/front_matter_toml.cpp
  src/press/source/front_matter_value.cpp
  src/press/source/front_matter_yaml.cpp
  src/press/source/post_address.cpp
  src/press/source/post_source.cpp
  src/press/source/prebuilt_comments.cpp
  src/press/source/security_policy.cpp
  src/press/source/site_settings.cpp
  src/press/source/site_source.cpp)
target_link_libraries(octavo_press_source PUBLIC octavo_press_base octavo_page PRIVATE yaml-cpp)

add_library(octavo_press_prepare STATIC
  src/press/prepare/asset_publisher.cpp
  src/press/prepare/link_index.cpp
  src/press/prepare/post_selection.cpp
  src/press/prepare/resolved_post.cpp
  src/press/prepare/text_locator.cpp)
target_link_libraries(octavo_press_prepare PUBLIC octavo_press_source octavo_press_output octavo_highlighter octavo_images)

add_library(octavo_press_publish STATIC
  src/press/publish/atom_feed.cpp
  src/press/publish/build_site.cpp
  src/press/publish/bundle_files.cpp
  src/press/publish/feeds.cpp
  src/press/publish/former_post.cpp
  src/press/publish/hosting_config.cpp
  src/press/publish/hyphenation_files.cpp
  src/press/publish/page_head.cpp
  src/press/publish/page_template.cpp
  src/press/publish/reader_files.cpp
  src/press/publish/redirects.cpp
  src/press/publish/related_posts.cpp
  src/press/publish/release_list.cpp
  src/press/publish/screenshots.cpp
  src/press/publish/sitemap.cpp
  src/press/publish/static_files.cpp
  src/press/publish/static_pages.cpp
  src/press/publish/web_manifest.cpp)
target_link_libraries(octavo_press_publish PUBLIC octavo_press_prepare octavo_layout octavo_reader)

add_library(octavo_press_import STATIC
  src/press/import/common/html_markdown.cpp
  src/press/import/common/import_context.cpp
  src/press/import/common/import_report.cpp
  src/press/import/common/imported_site.cpp
  src/press/import/common/source_date.cpp
  src/press/import/feeds/bundle_source.cpp
  src/press/import/feeds/feed_item.cpp
  src/press/import/feeds/feed_json.cpp
  src/press/import/feeds/feed_xml.cpp
  src/press/import/feeds/xml_document.cpp
  src/press/import/folders/folder_files.cpp
  src/press/import/folders/folder_source.cpp
  src/press/import/folders/front_matter_fields.cpp
  src/press/import/folders/hugo_folder.cpp
  src/press/import/folders/hugo_shortcodes.cpp
  src/press/import/folders/jekyll_folder.cpp
  src/press/import/folders/liquid_tags.cpp
  src/press/import/folders/permalink.cpp
  src/press/import/folders/template_markup.cpp
  src/press/import/folders/template_tags.cpp
  src/press/import/folders/zola_folder.cpp
  src/press/import/import_site.cpp
  src/press/import/media_fetch.cpp
  src/press/import/remote_images.cpp
  src/press/import/site_folder_writer.cpp
  src/press/import/wordpress/wordpress_export.cpp
  src/press/import/wordpress/wordpress_markup.cpp
  src/press/import/wordpress/wordpress_paragraphs.cpp)
target_link_libraries(octavo_press_import PUBLIC octavo_press_prepare PRIVATE pugixml octavo_server_http)

target_compile_definitions(octavo_press_publish PUBLIC OCTAVO_VERSION="${PROJECT_VERSION}")

# ---- server: HTTP and the local web server ---------------------------------------------------------------------------------
add_library(octavo_server_http STATIC
  src/server/http/chunked_body.cpp
  src/server/http/compression.cpp
  src/server/http/content_type.cpp
  src/server/http/header_rules.cpp
  src/server/http/http_client.cpp
  src/server/http/http_connection.cpp
  src/server/http/http_message.cpp
  src/server/http/http_server.cpp
  src/server/http/listener.cpp
  src/server/http/network_address.cpp
  src/server/http/outgoing_response.cpp
  src/server/http/request_head.cpp
  src/server/http/request_headers.cpp
  src/server/http/worker_pool.cpp)
target_link_libraries(octavo_server_http PUBLIC octavo_base PRIVATE octavo_flags PkgConfig::BROTLI PkgConfig::HTTPLIB Boost::headers ZLIB::ZLIB Threads::Threads)

add_library(octavo_server_site STATIC
  src/server/site/change_feed.cpp
  src/server/site/file_cache.cpp
  src/server/site/static_server.cpp
  src/server/site/static_site.cpp)
target_link_libraries(octavo_server_site PUBLIC octavo_server_http PRIVATE octavo_flags)

# ---- the comments server: the contract, the rules and the databases ---------------------------------------------------------
set(moderation "${PROJECT_SOURCE_DIR}/src/server/comments/moderation")
set(moderation_files ${moderation}/page.html ${moderation}/page.css ${moderation}/page.js)
add_custom_command(OUTPUT "${PROJECT_BINARY_DIR}/moderation_files.cpp"
  COMMAND ${CMAKE_COMMAND} "-DOUTPUT=${PROJECT_BINARY_DIR}/moderation_files.cpp" "-DFILES=${moderation_files}"
    "-DNAMES=kModerationPageHtml;kModerationPageCss;kModerationPageJs" -P "${PROJECT_SOURCE_DIR}/cmake/embed.cmake"
  DEPENDS ${moderation_files} cmake/embed.cmake VERBATIM)
add_library(octavo_comment_server STATIC
  "${PROJECT_BINARY_DIR}/moderation_files.cpp"
  src/server/comments/api/api_call.cpp
  src/server/comments/api/api_feed.cpp
  src/server/comments/api/api_moderation.cpp
  src/server/comments/api/api_own_data.cpp
  src/server/comments/api/api_read.cpp
  src/server/comments/api/api_sign_in.cpp
  src/server/comments/api/api_write.cpp
  src/server/comments/api/client_network.cpp
  src/server/comments/api/comment_api.cpp
  src/server/comments/store/comment_archive.cpp
  src/server/comments/store/comment_changes.cpp
  src/server/comments/api/comment_json.cpp
  src/server/comments/store/comment_record.cpp
  src/server/comments/store/comment_store.cpp
  src/server/comments/store/comment_tables.cpp
  src/server/comments/store/comment_text.cpp
  src/server/comments/api/identity_provider.cpp
  src/server/comments/moderation/moderation_page.cpp
  src/server/comments/store/postgres_database.cpp
  src/server/comments/problem.cpp
  src/server/comments/api/rate_limit.cpp
  src/server/comments/store/sign_in_store.cpp
  src/server/comments/store/sqlite_database.cpp
  src/server/comments/api/submission_request.cpp
  src/server/secrets.cpp)
target_link_libraries(octavo_comment_server PUBLIC octavo_comments octavo_server_http PRIVATE octavo_flags PkgConfig::SQLITE PkgConfig::PQXX OpenSSL::Crypto)
set_source_files_properties(src/server/comments/store/postgres_database.cpp PROPERTIES COMPILE_OPTIONS "-fexceptions;-frtti;-Wno-deprecated-declarations")

# ---- the command -------------------------------------------------------------------------------------------------------------
add_library(octavo_press_command STATIC
  src/press/command/build_command.cpp
  src/press/command/check_command.cpp
  src/press/command/comment_data_dir.cpp
  src/press/command/comment_import.cpp
  src/press/command/comment_settings_file.cpp
  src/press/command/comment_threads.cpp
  src/press/command/comments_command.cpp
  src/press/command/folder_watch.cpp
  src/press/command/import_command.cpp
  src/press/command/new_command.cpp
  src/press/command/render_command.cpp
  src/press/command/report.cpp
  src/press/command/serve_command.cpp
  src/press/command/site_audit.cpp
  src/press/command/supervisor.cpp)
target_link_libraries(octavo_press_command PUBLIC octavo_press_publish octavo_press_import octavo_comment_server octavo_server_site)

add_executable(octavo src/press/command/main.cpp)
target_link_libraries(octavo PRIVATE octavo_press_command)
# yaml-cpp, toml++, cpp-httplib, Boost and CLI11 throw, so the files that include them are built with exceptions and let none escape.
set_source_files_properties(src/press/source/front_matter_yaml.cpp src/press/command/main.cpp src/server/http/http_client.cpp
  src/server/http/http_connection.cpp src/server/http/http_server.cpp src/server/http/request_head.cpp PROPERTIES COMPILE_OPTIONS -fexceptions)

# ---- tests -------------------------------------------------------------------------------------------------------------------
enable_testing()
find_package(GTest REQUIRED)
include(GoogleTest)

# The only source with absolute paths of this machine, so that a compiler cache serves every checkout.
add_library(test_paths STATIC tests/support/test_paths.cpp)
target_include_directories(test_paths PUBLIC tests)
target_compile_definitions(test_paths PRIVATE OCTAVO_TESTS_DIR="${PROJECT_SOURCE_DIR}/tests" OCTAVO_SOURCES_DIR="${OCTAVO_SOURCES_DIR}"
  OCTAVO_ASSETS_DIR="${PROJECT_SOURCE_DIR}/assets")

# One test program per layer: octavo_test(name [SHARDS n] LIBS ... FILES ...). A slow program runs in parallel shards.
function(octavo_test name)
  cmake_parse_arguments(arg "" "SHARDS" "LIBS;FILES" ${ARGN})
  add_executable(${name} ${arg_FILES})
  target_link_libraries(${name} PRIVATE ${arg_LIBS} test_paths octavo_flags GTest::gmock GTest::gtest GTest::gtest_main)
  target_compile_options(${name} PRIVATE -frtti -Wno-conversion)
  if(NOT arg_SHARDS)
    set(arg_SHARDS 1)
  endif()
  math(EXPR last "${arg_SHARDS} - 1")
  foreach(shard RANGE ${last})
    add_test(NAME ${name}_${shard} COMMAND ${name} --gtest_output=json:test-results/${name}_${shard}.json)
    set_tests_properties(${name}_${shard} PROPERTIES COST ${arg_SHARDS} ENVIRONMENT "GTEST_TOTAL_SHARDS=${arg_SHARDS};GTEST_SHARD_INDEX=${shard}")
  endforeach()
endfunction()

octavo_test(test_base LIBS octavo_base FILES
  tests/unit/core/base/date_test.cpp
  tests/unit/core/base/diagnostics_test.cpp
  tests/unit/core/base/json_test.cpp
  tests/unit/core/base/plain_name_test.cpp
  tests/unit/core/base/result_test.cpp
  tests/unit/core/base/url_test.cpp
  tests/unit/core/base/utf8_test.cpp)
octavo_test(test_content SHARDS 2 LIBS octavo_content octavo_gumbo PkgConfig::GUMBO FILES
  tests/support/pathological_markdown.cpp
  tests/unit/core/content/document/block_codec_test.cpp
  tests/unit/core/content/bundle/bundle_test.cpp
  tests/unit/core/content/document/code_tokens_test.cpp
  tests/unit/core/content/markdown/commonmark_test.cpp
  tests/unit/core/content/markdown/dialect_test.cpp
  tests/unit/core/content/document/document_test.cpp
  tests/unit/core/content/html/html_elements_test.cpp
  tests/unit/core/content/html/html_import_test.cpp
  tests/unit/core/content/bundle/json_feed_test.cpp
  tests/unit/core/content/markdown/markdown_pathological_test.cpp
  tests/unit/core/content/markdown/markdown_test.cpp
  tests/unit/core/content/markdown/markdown_writer_test.cpp
  tests/unit/core/content/html/semantic_tree_test.cpp)
octavo_test(test_comments SHARDS 6 LIBS octavo_comments octavo_gumbo FILES
  tests/unit/core/comments/comment_test.cpp
  tests/unit/core/comments/draft_test.cpp
  tests/unit/core/comments/engine_golden_test.cpp
  tests/unit/core/comments/engine_test.cpp
  tests/unit/core/comments/outbox_random_test.cpp
  tests/unit/core/comments/outbox_test.cpp
  tests/unit/core/comments/stored_forms_test.cpp)
octavo_test(test_layout SHARDS 4 LIBS octavo_layout FILES
  tests/support/large_posts.cpp
  tests/unit/core/layout/large_posts_test.cpp
  tests/unit/core/layout/text/bidi_levels_test.cpp
  tests/unit/core/layout/text/browser_line_breaks_test.cpp
  tests/unit/core/layout/text/hyphenation_test.cpp
  tests/unit/core/layout/layout_golden_test.cpp
  tests/unit/core/layout/layout_test.cpp
  tests/unit/core/layout/line/line_breaking_test.cpp
  tests/unit/core/layout/line/optimum_breaking_test.cpp
  tests/support/block_outline.cpp
  tests/unit/core/layout/style/style_golden_test.cpp
  tests/unit/core/layout/style/style_test.cpp
  tests/unit/core/layout/terminal_test.cpp)
octavo_test(test_reader LIBS octavo_reader octavo_conversation octavo_gumbo FILES
  tests/support/model_browser.cpp
  tests/support/model_person.cpp
  tests/support/model_store.cpp
  src/browser/conversation_messages.cpp
  tests/unit/browser/conversation_messages_test.cpp
  tests/unit/core/conversation/conversation_own_test.cpp
  tests/unit/core/conversation/conversation_random_test.cpp
  tests/unit/core/conversation/conversation_test.cpp
  tests/unit/core/page/page_test.cpp
  tests/unit/core/page/preferences_test.cpp
  tests/unit/core/reader/narrow_layout_test.cpp
  tests/unit/core/reader/reader_failure_test.cpp
  tests/unit/core/reader/reader_random_test.cpp
  tests/unit/core/reader/reader_test.cpp
  tests/unit/core/page/route_test.cpp)
octavo_test(test_ui LIBS octavo_ui imgui FILES
  tests/unit/ui/painter_test.cpp)
octavo_test(test_press SHARDS 4 LIBS octavo_press_command FILES
  tests/unit/press/output/build_cache_test.cpp
  tests/unit/press/publish/build_site_test.cpp
  tests/unit/press/prepare/code_highlighter_test.cpp
  tests/unit/press/source/content_folder_test.cpp
  tests/unit/press/publish/every_character_test.cpp
  tests/unit/press/publish/feeds_test.cpp
  tests/unit/press/command/comment_threads_test.cpp
  tests/unit/press/command/folder_watch_test.cpp
  tests/unit/press/source/front_matter_test.cpp
  tests/unit/press/publish/hyphenation_files_test.cpp
  tests/unit/press/prepare/image_probe_test.cpp
  tests/unit/press/import/common/source_date_test.cpp
  tests/unit/press/import/feeds/bundle_source_test.cpp
  tests/unit/press/import/feeds/xml_document_test.cpp
  tests/unit/press/import/folders/permalink_test.cpp
  tests/unit/press/import/folders/template_tags_test.cpp
  tests/unit/press/import/import_golden_test.cpp
  tests/unit/press/import/import_site_test.cpp
  tests/unit/press/import/media_fetch_test.cpp
  tests/unit/press/import/wordpress/wordpress_paragraphs_test.cpp
  tests/unit/press/source/prebuilt_comments_test.cpp
  tests/unit/press/prepare/asset_publisher_test.cpp
  tests/unit/press/prepare/text_locator_test.cpp
  tests/unit/press/output/output_folder_test.cpp
  tests/unit/press/publish/page_head_test.cpp
  tests/unit/press/publish/page_template_test.cpp
  tests/unit/press/source/post_source_test.cpp
  tests/unit/press/publish/related_posts_test.cpp
  tests/unit/press/publish/release_list_test.cpp
  tests/unit/press/source/security_policy_test.cpp
  tests/unit/press/source/site_settings_test.cpp
  tests/unit/press/prepare/image_variants_test.cpp
  tests/unit/press/publish/sitemap_test.cpp
  tests/unit/press/publish/text_identity_test.cpp
  tests/unit/press/publish/screenshots_test.cpp
  tests/unit/press/publish/web_manifest_test.cpp)
target_link_libraries(test_press PRIVATE PkgConfig::HTTPLIB Qt5::Gui)
octavo_test(test_server LIBS octavo_server_site FILES
  tests/unit/server/http/header_rules_test.cpp
  tests/unit/server/http/chunked_body_test.cpp
  tests/unit/server/http/request_head_test.cpp
  tests/unit/server/http/request_headers_test.cpp
  tests/unit/server/http/worker_pool_test.cpp
  tests/unit/server/site/slow_clients_test.cpp
  tests/unit/server/site/static_server_test.cpp
  tests/unit/server/site/static_site_test.cpp)
target_link_libraries(test_server PRIVATE PkgConfig::HTTPLIB)
octavo_test(test_comment_server LIBS octavo_comment_server octavo_gumbo FILES
  tests/unit/server/comments/api/client_network_test.cpp
  tests/unit/server/comments/api/comment_api_robustness_test.cpp
  tests/unit/server/comments/api/comment_api_test.cpp
  tests/unit/server/comments/store/comment_archive_test.cpp
  tests/unit/server/comments/store/comment_tables_test.cpp
  tests/unit/server/comments/store/comment_text_test.cpp
  tests/unit/server/comments/store/database_test.cpp
  tests/unit/server/comments/api/identity_provider_test.cpp
  tests/unit/server/comments/api/sign_in_test.cpp
  tests/unit/server/http/http_client_test.cpp
  tests/unit/server/http/network_address_test.cpp)

# ---- conformance: the adapters against live engines, by tests/comments/engines.test.mjs ----------------------------
add_executable(conformance tests/conformance/conformance.cpp)
target_link_libraries(conformance PRIVATE octavo_comment_server octavo_gumbo octavo_flags)

# ---- benches: by ./dev bench and by hand, never by ctest ---------------------------------------------------------------------------------------
add_executable(bench_pathological tests/bench/pathological_bench.cpp tests/support/pathological_markdown.cpp)
target_link_libraries(bench_pathological PRIVATE octavo_content octavo_flags)
target_include_directories(bench_pathological PRIVATE tests)
add_executable(bench_core tests/bench/core_bench.cpp)
target_link_libraries(bench_core PRIVATE octavo_press_command octavo_flags)
add_executable(bench_large_posts tests/bench/large_posts_bench.cpp tests/support/large_posts.cpp)
target_link_libraries(bench_large_posts PRIVATE octavo_press_command octavo_flags)
target_include_directories(bench_large_posts PRIVATE tests)

include(cmake/fuzz.cmake)
