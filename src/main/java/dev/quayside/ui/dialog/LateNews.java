package dev.quayside.ui.dialog;

/**
 * Tells what comes a while after it was asked for. By then the operator may be on another page or
 * in the middle of a passphrase, and a sheet over that would take the keys away. Belongs to the FX
 * thread.
 */
public final class LateNews {

  private final Dialogs dialogs;
  private final Sheets sheets;
  private boolean pageShown;

  /** Creates the news of one page. */
  public LateNews(Dialogs dialogs, Sheets sheets) {
    this.dialogs = dialogs;
    this.sheets = sheets;
  }

  /** Tells whether the page can be seen. */
  public void pageShown(boolean shown) {
    pageShown = shown;
  }

  /**
   * Tells how something ended: always in the corner, and at once in full where that covers nothing.
   *
   * @param more the words that lead to all of it
   * @param show shows all of it
   */
  public void ended(Notice.Tone tone, String text, String more, Runnable show) {
    dialogs.notice(new Notice(tone, text, more, show));
    if (free()) {
      show.run();
    }
  }

  /**
   * Brings what the operator waits for: in full where that covers nothing, otherwise in the corner.
   *
   * @param more the words that lead to all of it
   * @param show shows all of it
   */
  public void answered(Notice.Tone tone, String text, String more, Runnable show) {
    if (free()) {
      show.run();
    } else {
      dialogs.notice(new Notice(tone, text, more, show));
    }
  }

  private boolean free() {
    return pageShown && !sheets.showing().get();
  }
}
