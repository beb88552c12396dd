package dev.quayside.ui.dialog;

/**
 * Asks for a secret, such as a passphrase.
 *
 * @param title what it is for
 * @param text what the operator should know
 * @param confirm the button
 * @param repeat whether it is typed twice, because it is new
 */
public record SecretQuestion(String title, String text, String confirm, boolean repeat) {}
