<?php
// Makes the tables, an owner, and the posts that tests write to: "open" and "closed".
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = parse_url(getenv('OCTAVO_WORDPRESS'), PHP_URL_HOST);
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
require $argv[1] . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
add_filter('pre_wp_mail', '__return_true');
wp_install('Blog', 'owner', 'owner@example.org', true, '', 'password of this test only');
update_option('permalink_structure', '/%year%/%postname%/');
update_option('comment_previously_approved', 0);
update_option('comment_moderation', 0);
foreach (['open', 'closed'] as $status) {
    wp_insert_post(['post_title' => ucfirst($status), 'post_name' => $status, 'post_content' => 'Text.', 'post_status' => 'publish',
        'post_author' => 1, 'comment_status' => $status]);
}
flush_rewrite_rules();
