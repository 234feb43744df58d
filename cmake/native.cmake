# The native side: the octavo command, its libraries, and every test that needs no browser.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(pugixml REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(Qt5 REQUIRED COMPONENTS Core Gui)
find_package(KF5SyntaxHighlighting REQUIRED)
pkg_check_modules(GUMBO REQUIRED IMPORTED_TARGET gumbo)
pkg_check_modules(BROTLI REQUIRED IMPORTED_TARGET libbrotlienc libbrotlidec)
pkg_check_modules(HTTPLIB REQUIRED IMPORTED_TARGET cpp-httplib)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(PQXX REQUIRED IMPORTED_TARGET libpqxx)

# ---- the HTML5 parser behind core's HtmlParser, a library of its own so that core's tests need nothing else of press --------
add_library(octavo_gumbo STATIC src/press/gumbo_parser.cpp)
target_link_libraries(octavo_gumbo PUBLIC octavo_content PRIVATE PkgConfig::GUMBO)

# ---- highlighting of code at build time, by Qt; only this and the pictures see it ----------------------------------------
add_library(octavo_highlighter STATIC src/press/code_highlighter.cpp)
target_link_libraries(octavo_highlighter PUBLIC octavo_content PRIVATE KF5::SyntaxHighlighting)

# ---- smaller forms of photographs, by Qt's plugins of Debian's qt5-image-formats-plugins ---------------------------------
add_library(octavo_pictures STATIC src/press/image_size.cpp src/press/smaller_pictures.cpp)
target_link_libraries(octavo_pictures PUBLIC octavo_content PRIVATE Qt5::Gui)

# ---- press: import, build, check, new -----------------------------------------------------------------------------------
# yaml-cpp, toml++ and cpp-httplib throw, so the files that include them are built with exceptions and let none out.
add_library(octavo_press STATIC
  src/press/atom_feed.cpp
  src/press/build_cache.cpp
  src/press/build_site.cpp
  src/press/bundle_files.cpp
  src/press/comment_place.cpp
  src/press/comment_settings_file.cpp
  src/press/comment_thread.cpp
  src/press/content_folder.cpp
  src/press/deployed_site.cpp
  src/press/feeds.cpp
  src/press/folder_watch.cpp
  src/press/former_output.cpp
  src/press/front_matter.cpp
  src/press/front_matter_fence.cpp
  src/press/front_matter_json.cpp
  src/press/front_matter_toml.cpp
  src/press/front_matter_value.cpp
  src/press/front_matter_yaml.cpp
  src/press/hashed_file.cpp
  src/press/host_files.cpp
  src/press/hyphenation_files.cpp
  src/press/import/bundle_source.cpp
  src/press/import/feed_item.cpp
  src/press/import/feed_json.cpp
  src/press/import/feed_xml.cpp
  src/press/import/folder_files.cpp
  src/press/import/folder_source.cpp
  src/press/import/front_matter_fields.cpp
  src/press/import/html_markdown.cpp
  src/press/import/hugo_folder.cpp
  src/press/import/hugo_shortcodes.cpp
  src/press/import/import_context.cpp
  src/press/import/import_report.cpp
  src/press/import/import_site.cpp
  src/press/import/imported_site.cpp
  src/press/import/jekyll_folder.cpp
  src/press/import/liquid_tags.cpp
  src/press/import/media_fetch.cpp
  src/press/import/permalink.cpp
  src/press/import/remote_pictures.cpp
  src/press/import/site_folder_writer.cpp
  src/press/import/source_date.cpp
  src/press/import/template_markup.cpp
  src/press/import/template_tags.cpp
  src/press/import/text_encoding.cpp
  src/press/import/wordpress_export.cpp
  src/press/import/wordpress_markup.cpp
  src/press/import/wordpress_paragraphs.cpp
  src/press/import/xml_document.cpp
  src/press/import/zola_folder.cpp
  src/press/known_comments.cpp
  src/press/media_store.cpp
  src/press/old_addresses.cpp
  src/press/output_folder.cpp
  src/press/page_head.cpp
  src/press/page_template.cpp
  src/press/post_address.cpp
  src/press/post_directory.cpp
  src/press/post_selection.cpp
  src/press/post_source.cpp
  src/press/precompress.cpp
  src/press/prepared_post.cpp
  src/press/progress.cpp
  src/press/related_posts.cpp
  src/press/release_list.cpp
  src/press/report.cpp
  src/press/screenshots.cpp
  src/press/security_policy.cpp
  src/press/sha256.cpp
  src/press/site_settings.cpp
  src/press/site_source.cpp
  src/press/sitemap.cpp
  src/press/static_pages.cpp
  src/press/text_file.cpp
  src/press/viewer.cpp
  src/press/web_manifest.cpp
  src/press/xml_text.cpp)
target_compile_definitions(octavo_press PUBLIC OCTAVO_VERSION="${PROJECT_VERSION}")
set_source_files_properties(src/press/front_matter_yaml.cpp src/press/main.cpp src/server/http_client.cpp src/server/static_server.cpp
  PROPERTIES COMPILE_OPTIONS -fexceptions)
target_link_libraries(octavo_press PUBLIC octavo_reader octavo_layout octavo_gumbo octavo_highlighter octavo_pictures octavo_comment_server PRIVATE octavo_server octavo_flags pugixml yaml-cpp OpenSSL::Crypto Threads::Threads)

# ---- server: the local web server -------------------------------------------------------------------------------------------
add_library(octavo_server STATIC
  src/server/change_feed.cpp
  src/server/compression.cpp
  src/server/content_type.cpp
  src/server/file_cache.cpp
  src/server/header_rules.cpp
  src/server/http_client.cpp
  src/server/http_message.cpp
  src/server/network_address.cpp
  src/server/request_headers.cpp
  src/server/static_server.cpp
  src/server/static_site.cpp)
target_link_libraries(octavo_server PUBLIC octavo_base PRIVATE octavo_flags PkgConfig::BROTLI PkgConfig::HTTPLIB ZLIB::ZLIB Threads::Threads)

# ---- the comments server: the contract, the rules and the databases ---------------------------------------------------------
set(moderation "${PROJECT_SOURCE_DIR}/src/server/comments/moderation")
set(moderation_files ${moderation}/page.html ${moderation}/page.css ${moderation}/page.js)
add_custom_command(OUTPUT "${PROJECT_BINARY_DIR}/moderation_files.cpp"
  COMMAND ${CMAKE_COMMAND} "-DOUTPUT=${PROJECT_BINARY_DIR}/moderation_files.cpp" "-DFILES=${moderation_files}"
    "-DNAMES=kModerationPageHtml;kModerationPageCss;kModerationPageJs" -P "${PROJECT_SOURCE_DIR}/cmake/embed.cmake"
  DEPENDS ${moderation_files} cmake/embed.cmake VERBATIM)
add_library(octavo_comment_server STATIC
  "${PROJECT_BINARY_DIR}/moderation_files.cpp"
  src/server/comments/api_call.cpp
  src/server/comments/api_feed.cpp
  src/server/comments/api_moderation.cpp
  src/server/comments/api_own_data.cpp
  src/server/comments/api_read.cpp
  src/server/comments/api_sign_in.cpp
  src/server/comments/api_write.cpp
  src/server/comments/client_network.cpp
  src/server/comments/comment_api.cpp
  src/server/comments/comment_changes.cpp
  src/server/comments/comment_json.cpp
  src/server/comments/comment_store.cpp
  src/server/comments/comment_tables.cpp
  src/server/comments/comment_text.cpp
  src/server/comments/identity_provider.cpp
  src/server/comments/moderation_page.cpp
  src/server/comments/postgres_database.cpp
  src/server/comments/problem.cpp
  src/server/comments/rate_limit.cpp
  src/server/comments/sign_in_store.cpp
  src/server/comments/sqlite_database.cpp
  src/server/comments/submission_request.cpp
  src/server/secrets.cpp)
target_link_libraries(octavo_comment_server PUBLIC octavo_comments octavo_server PRIVATE octavo_flags PkgConfig::SQLITE PkgConfig::PQXX OpenSSL::Crypto)
set_source_files_properties(src/server/comments/postgres_database.cpp PROPERTIES COMPILE_OPTIONS "-fexceptions;-frtti;-Wno-deprecated-declarations")

add_executable(octavo
  src/press/build_command.cpp
  src/press/check_command.cpp
  src/press/comment_import.cpp
  src/press/import/import_command.cpp
  src/press/new_command.cpp
  src/press/comments_command.cpp
  src/press/main.cpp
  src/press/render_command.cpp
  src/press/serve_command.cpp)
target_link_libraries(octavo PRIVATE octavo_press octavo_server octavo_comment_server)

# ---- tests -------------------------------------------------------------------------------------------------------------------
enable_testing()
find_package(GTest REQUIRED)
include(GoogleTest)

# The only source with absolute paths of this machine, so that a compiler cache serves every checkout.
add_library(test_places STATIC tests/support/places.cpp)
target_include_directories(test_places PUBLIC tests)
target_compile_definitions(test_places PRIVATE OCTAVO_TESTS_DIR="${PROJECT_SOURCE_DIR}/tests" OCTAVO_SOURCES_DIR="${OCTAVO_SOURCES_DIR}"
  OCTAVO_ASSETS_DIR="${PROJECT_SOURCE_DIR}/assets")

# One test program per layer: octavo_test(name LIBS ... FILES ...)
function(octavo_test name)
  cmake_parse_arguments(arg "" "" "LIBS;FILES" ${ARGN})
  add_executable(${name} ${arg_FILES})
  target_link_libraries(${name} PRIVATE ${arg_LIBS} test_places octavo_flags GTest::gmock GTest::gtest GTest::gtest_main)
  target_compile_options(${name} PRIVATE -frtti -Wno-conversion)
  add_test(NAME ${name} COMMAND ${name})
endfunction()

octavo_test(test_base LIBS octavo_base FILES
  tests/unit/core/base/date_test.cpp
  tests/unit/core/base/diagnostics_test.cpp
  tests/unit/core/base/json_test.cpp
  tests/unit/core/base/plain_name_test.cpp
  tests/unit/core/base/url_test.cpp
  tests/unit/core/base/utf8_test.cpp)
octavo_test(test_content LIBS octavo_content octavo_gumbo PkgConfig::GUMBO FILES
  tests/support/pathological_markdown.cpp
  tests/unit/core/content/block_rows_test.cpp
  tests/unit/core/content/bundle_test.cpp
  tests/unit/core/content/code_tokens_test.cpp
  tests/unit/core/content/commonmark_test.cpp
  tests/unit/core/content/dialect_test.cpp
  tests/unit/core/content/document_test.cpp
  tests/unit/core/content/html_import_test.cpp
  tests/unit/core/content/json_feed_test.cpp
  tests/unit/core/content/markdown_pathological_test.cpp
  tests/unit/core/content/markdown_test.cpp
  tests/unit/core/content/markdown_writer_test.cpp
  tests/unit/core/content/semantic_tree_test.cpp)
octavo_test(test_comments LIBS octavo_comments octavo_gumbo FILES
  tests/unit/core/comments/comment_test.cpp
  tests/unit/core/comments/draft_test.cpp
  tests/unit/core/comments/engine_golden_test.cpp
  tests/unit/core/comments/engine_test.cpp
  tests/unit/core/comments/outbox_random_test.cpp
  tests/unit/core/comments/outbox_test.cpp)
octavo_test(test_layout LIBS octavo_layout FILES
  tests/unit/core/layout/bidi_levels_test.cpp
  tests/unit/core/layout/given_lines_test.cpp
  tests/unit/core/layout/hyphenation_test.cpp
  tests/unit/core/layout/layout_golden_test.cpp
  tests/unit/core/layout/layout_test.cpp
  tests/unit/core/layout/line_breaking_test.cpp
  tests/unit/core/layout/optimum_breaking_test.cpp
  tests/unit/core/layout/style_test.cpp
  tests/unit/core/layout/terminal_test.cpp)
octavo_test(test_reader LIBS octavo_reader octavo_gumbo FILES
  tests/unit/core/reader/conversation_own_test.cpp
  tests/unit/core/reader/conversation_test.cpp
  tests/unit/core/reader/page_test.cpp
  tests/unit/core/reader/preferences_test.cpp
  tests/unit/core/reader/reader_failure_test.cpp
  tests/unit/core/reader/reader_random_test.cpp
  tests/unit/core/reader/reader_test.cpp
  tests/unit/core/reader/route_test.cpp)
octavo_test(test_ui LIBS octavo_ui imgui FILES
  tests/unit/ui/painter_test.cpp)
octavo_test(test_press LIBS octavo_press octavo_server FILES
  tests/unit/press/build_cache_test.cpp
  tests/unit/press/build_site_test.cpp
  tests/unit/press/code_highlighter_test.cpp
  tests/unit/press/content_folder_test.cpp
  tests/unit/press/feeds_test.cpp
  tests/unit/press/folder_watch_test.cpp
  tests/unit/press/front_matter_test.cpp
  tests/unit/press/hyphenation_files_test.cpp
  tests/unit/press/image_size_test.cpp
  tests/unit/press/import/bundle_source_test.cpp
  tests/unit/press/import/import_golden_test.cpp
  tests/unit/press/import/import_site_test.cpp
  tests/unit/press/import/media_fetch_test.cpp
  tests/unit/press/import/permalink_test.cpp
  tests/unit/press/import/source_date_test.cpp
  tests/unit/press/import/template_tags_test.cpp
  tests/unit/press/import/wordpress_paragraphs_test.cpp
  tests/unit/press/import/xml_document_test.cpp
  tests/unit/press/known_comments_test.cpp
  tests/unit/press/media_store_test.cpp
  tests/unit/press/output_folder_test.cpp
  tests/unit/press/page_head_test.cpp
  tests/unit/press/page_template_test.cpp
  tests/unit/press/post_source_test.cpp
  tests/unit/press/related_posts_test.cpp
  tests/unit/press/release_list_test.cpp
  tests/unit/press/security_policy_test.cpp
  tests/unit/press/site_settings_test.cpp
  tests/unit/press/smaller_pictures_test.cpp
  tests/unit/press/sitemap_test.cpp
  tests/unit/press/text_identity_test.cpp
  tests/unit/press/screenshots_test.cpp
  tests/unit/press/web_manifest_test.cpp
  tests/unit/server/header_rules_test.cpp
  tests/unit/server/request_headers_test.cpp
  tests/unit/server/static_server_test.cpp
  tests/unit/server/static_site_test.cpp)
target_link_libraries(test_press PRIVATE PkgConfig::HTTPLIB Qt5::Gui)
octavo_test(test_comment_server LIBS octavo_comment_server octavo_gumbo FILES
  tests/unit/server/comments/client_network_test.cpp
  tests/unit/server/comments/comment_api_test.cpp
  tests/unit/server/comments/comment_text_test.cpp
  tests/unit/server/comments/database_test.cpp
  tests/unit/server/comments/identity_provider_test.cpp
  tests/unit/server/comments/sign_in_test.cpp
  tests/unit/server/http_client_test.cpp
  tests/unit/server/network_address_test.cpp)

# ---- conformance: the adapters against engines that are there, by tests/comments/engines.test.mjs ----------------------------
add_executable(conformance tests/conformance/conformance.cpp)
target_link_libraries(conformance PRIVATE octavo_comment_server octavo_gumbo octavo_flags)

# ---- benches: by ./dev bench and by hand, never by ctest ---------------------------------------------------------------------------------------
add_executable(bench_pathological tests/bench/pathological_bench.cpp tests/support/pathological_markdown.cpp)
target_link_libraries(bench_pathological PRIVATE octavo_content octavo_flags)
target_include_directories(bench_pathological PRIVATE tests)
add_executable(bench_core tests/bench/core_bench.cpp)
target_link_libraries(bench_core PRIVATE octavo_press octavo_flags)
