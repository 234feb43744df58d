<?php
// What an owner would set in a must-use plugin: guests may comment over the REST interface. The rest is switched by files, for tests.
function octavo_rule($name) {
    clearstatcache();
    return file_exists(getenv('OCTAVO_WORDPRESS_RULES') . '/' . $name);
}
add_filter('rest_allow_anonymous_comments', fn() => !octavo_rule('members'));
add_filter('wp_is_comment_flood', fn($is_flood) => octavo_rule('flood') && $is_flood, 99);
add_filter('pre_comment_approved', fn($approved) => octavo_rule('hold') && $approved === 1 ? 0 : $approved);
