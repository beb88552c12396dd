package dev.quayside.ui.theme;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Names every icon of the window by what it means, so that a missing one cannot be asked for. */
public enum Icon {
  OVERVIEW(Feather.GRID),
  SERVICES(Feather.LAYERS),
  LOGS(Feather.ALIGN_LEFT),
  SECRETS(Feather.KEY),
  BACKUPS(Feather.ARCHIVE),
  SECURITY(Feather.SHIELD),
  ALERTS(Feather.BELL),
  INCIDENTS(Feather.LIFE_BUOY),
  SETTINGS(Feather.SLIDERS),
  JOURNAL(Feather.BOOK_OPEN),
  START(Feather.PLAY),
  STOP(Feather.SQUARE),
  RESTART(Feather.ROTATE_CW),
  RECREATE(Feather.REFRESH_CW),
  REFRESH(Feather.REFRESH_CW),
  SEARCH(Feather.SEARCH),
  FILTER(Feather.FILTER),
  CLEAR(Feather.X),
  CLOSE(Feather.X),
  COPY(Feather.COPY),
  OPEN(Feather.EXTERNAL_LINK),
  SAVE(Feather.DOWNLOAD),
  FILE(Feather.FILE_TEXT),
  FOLDER(Feather.FOLDER),
  ADD(Feather.PLUS),
  REMOVE(Feather.TRASH_2),
  MORE(Feather.MORE_HORIZONTAL),
  UNDO(Feather.CORNER_UP_LEFT),
  ROTATE(Feather.REPEAT),
  RESTORE(Feather.UPLOAD),
  VERIFY(Feather.CHECK_SQUARE),
  LOCK(Feather.LOCK),
  UNLOCK(Feather.UNLOCK),
  REVEAL(Feather.EYE),
  MASK(Feather.EYE_OFF),
  OK(Feather.CHECK_CIRCLE),
  CHECK(Feather.CHECK),
  INFO(Feather.INFO),
  WARNING(Feather.ALERT_TRIANGLE),
  DANGER(Feather.ALERT_OCTAGON),
  PROBLEM(Feather.ALERT_CIRCLE),
  UNKNOWN(Feather.HELP_CIRCLE),
  HELP(Feather.HELP_CIRCLE),
  KEYBOARD(Feather.COMMAND),
  PAUSE(Feather.PAUSE),
  FOLLOW(Feather.CHEVRONS_DOWN),
  CPU(Feather.CPU),
  MEMORY(Feather.SERVER),
  DISK(Feather.HARD_DRIVE),
  GPU(Feather.MONITOR),
  NETWORK(Feather.ACTIVITY),
  EXPOSURE(Feather.GLOBE),
  LOOPBACK(Feather.HOME),
  INTERNAL(Feather.BOX),
  STACK(Feather.PACKAGE),
  ENGINE(Feather.ANCHOR),
  OFFLINE(Feather.WIFI_OFF),
  JOBS(Feather.LIST),
  THEME_LIGHT(Feather.SUN),
  THEME_DARK(Feather.MOON),
  TERMINAL(Feather.TERMINAL),
  CLOCK(Feather.CLOCK),
  EXPAND(Feather.CHEVRON_RIGHT),
  COLLAPSE(Feather.CHEVRON_DOWN),
  NEXT(Feather.CHEVRON_DOWN),
  PREVIOUS(Feather.CHEVRON_UP),
  WRAP(Feather.CORNER_DOWN_LEFT),
  QUIT(Feather.LOG_OUT);

  private final Feather glyph;

  Icon(Feather glyph) {
    this.glyph = glyph;
  }

  /** Returns a new node that shows it in the colour and size that the style sheet gives. */
  public FontIcon node() {
    return new FontIcon(glyph);
  }

  /** Returns a new node that shows it and carries {@code styleClass}. */
  public FontIcon node(String styleClass) {
    FontIcon icon = node();
    icon.getStyleClass().add(styleClass);
    return icon;
  }
}
