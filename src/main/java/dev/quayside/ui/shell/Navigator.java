package dev.quayside.ui.shell;

/** Takes the operator from page to page; the only way from one feature to another. */
public interface Navigator {

  /** Shows the page {@code id}. */
  void show(String id);

  /** Shows the page {@code id} with {@code subject} opened on it. */
  void show(String id, String subject);
}
