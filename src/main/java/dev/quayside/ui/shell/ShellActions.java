package dev.quayside.ui.shell;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.exposure.status.ServiceStatus;
import dev.quayside.exposure.status.StackStatus;
import dev.quayside.ui.action.Action;
import dev.quayside.ui.action.KeySheet;
import dev.quayside.ui.action.Palette;
import dev.quayside.ui.action.PaletteItem;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.ThemeChoice;
import dev.quayside.ui.theme.ThemeManager;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes the actions of the window itself: pages, palette, keys, refresh, find, text size, theme,
 * quit.
 */
final class ShellActions {

  private static final int LONGEST = 80;

  private final Messages messages;
  private final Workbench workbench;
  private final Runnable retry;
  private final Runnable quit;

  ShellActions(Messages messages, Workbench workbench, Runnable retry, Runnable quit) {
    this.messages = messages;
    this.workbench = workbench;
    this.retry = retry;
    this.quit = quit;
  }

  /** Registers one action for each page; the first nine have keys. */
  void registerPages(List<PageSpec> pages) {
    int number = 1;
    for (PageSpec page : pages) {
      Action action =
          Action.of(
              "page." + page.id(),
              messages.get("group.pages"),
              messages.get("action.page", page.title()),
              page.icon(),
              () -> workbench.navigator().show(page.id()));
      workbench.actions().register(number <= 9 ? action.withKeys("Shortcut+" + number) : action);
      number++;
    }
  }

  /**
   * Registers the actions of the window; {@code onPage} runs something on the page that is shown.
   */
  void registerWindow(Consumer<Consumer<Page>> onPage, Runnable jobs) {
    KeySheet keys = new KeySheet(workbench.actions(), workbench.sheets());
    Palette palette = new Palette(workbench.actions(), workbench.sheets(), this::things);
    workbench
        .actions()
        .register(
            action("palette", Icon.SEARCH, palette::open).withKeys("Shortcut+K"),
            action("refresh", Icon.REFRESH, () -> onPage.accept(Page::refresh)).withKeys("F5"),
            action("find", Icon.FILTER, () -> onPage.accept(Page::find)).withKeys("Shortcut+F"),
            action("jobs", Icon.JOBS, jobs).withKeys("Shortcut+J"),
            action("keys", Icon.KEYBOARD, keys::open).withKeys("F1"),
            action("retry", Icon.REFRESH, retry),
            action("quit", Icon.QUIT, quit).withKeys("Shortcut+Q"));
    registerLook(workbench.theme());
  }

  /** Registers the keys that lead to a page which may be missing in this build. */
  void registerJump(String page, String key, Icon icon) {
    workbench
        .actions()
        .register(action(page, icon, () -> workbench.navigator().show(page)).withKeys(key));
  }

  private void registerLook(ThemeManager theme) {
    workbench
        .actions()
        .register(
            action("theme.light", Icon.THEME_LIGHT, () -> theme.choice().set(ThemeChoice.LIGHT)),
            action("theme.dark", Icon.THEME_DARK, () -> theme.choice().set(ThemeChoice.DARK)),
            action("theme.follow", Icon.THEME_LIGHT, () -> theme.choice().set(ThemeChoice.FOLLOW)),
            action("text.larger", Icon.ADD, () -> resize(theme, 1)).withKeys("Shortcut+Equals"),
            action("text.smaller", Icon.REMOVE, () -> resize(theme, -1)).withKeys("Shortcut+Minus"),
            action(
                    "text.usual",
                    Icon.REFRESH,
                    () -> theme.textSize().set(ThemeManager.USUAL_TEXT_SIZE))
                .withKeys("Shortcut+0"));
  }

  private static void resize(ThemeManager theme, int by) {
    theme
        .textSize()
        .set(
            Math.clamp(
                theme.textSize().get() + by,
                ThemeManager.SMALLEST_TEXT,
                ThemeManager.LARGEST_TEXT));
  }

  private Action action(String id, Icon icon, Runnable handler) {
    return Action.of(
        "window." + id, messages.get("group.window"), messages.get("action." + id), icon, handler);
  }

  private List<PaletteItem> things() {
    List<PaletteItem> things = new ArrayList<>();
    for (String name : workbench.stacks().names()) {
      boolean all = name.equals(StackChoice.ALL);
      things.add(
          new PaletteItem(
              all ? messages.get("stacks.all") : ForeignText.line(name, LONGEST),
              messages.get("palette.stack"),
              "",
              Icon.STACK,
              () -> workbench.stacks().choose(name)));
    }
    for (StackStatus stack : workbench.status().get().stacks()) {
      for (ServiceStatus service : stack.services()) {
        things.add(thing(stack.name(), service));
      }
    }
    return things;
  }

  private PaletteItem thing(String stack, ServiceStatus service) {
    String id = service.container().id().value();
    return new PaletteItem(
        ForeignText.line(service.container().service(), LONGEST),
        stack.isEmpty() ? messages.get("palette.container") : ForeignText.line(stack, LONGEST),
        "",
        Icon.SERVICES,
        () -> workbench.navigator().show("services", id));
  }
}
