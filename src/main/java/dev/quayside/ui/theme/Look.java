package dev.quayside.ui.theme;

/** Holds every style class of ours, so that code and style sheet agree by name. */
public final class Look {

  /** A page's outermost box: padding and gaps. */
  public static final String PAGE = "page";

  /** A page's heading. */
  public static final String PAGE_TITLE = "page-title";

  /** A line below a heading that says what the page is for. */
  public static final String PAGE_SUBTITLE = "page-subtitle";

  /** A heading inside a page. */
  public static final String SECTION_TITLE = "section-title";

  /** A box with border and background that holds one subject. */
  public static final String CARD = "card-box";

  /** Text that matters less. */
  public static final String MUTED = "muted";

  /** Small text. */
  public static final String SMALL = "small";

  /** Text in a fixed-width face: ids, addresses, commands. */
  public static final String CODE = "code";

  /** Figures, which keep their width. */
  public static final String FIGURE = "figure";

  /** Text that says something is good. */
  public static final String GOOD = "good";

  /** Text that says something wants a look. */
  public static final String WARN = "warn";

  /** Text that says something is wrong. */
  public static final String BAD = "bad";

  /** What is shown is old. */
  public static final String STALE = "stale";

  /** The row of buttons above a table. */
  public static final String TOOLS = "tool-row";

  /** A button that shows only an icon. */
  public static final String ICON_BUTTON = "icon-button";

  private Look() {}
}
