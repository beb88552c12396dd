package dev.quayside.ui.shell;

import dev.quayside.ui.theme.Icon;
import java.util.function.Function;

/**
 * Names a page and says how to build it. The rail lists them in the order they are wired; the first
 * nine have the keys Ctrl+1 to Ctrl+9.
 *
 * @param id short, lower case: {@code services}; its node has the id {@code page-services}
 * @param title as the rail shows it
 * @param icon beside the title
 * @param build builds it at the first visit
 */
public record PageSpec(String id, String title, Icon icon, Function<Workbench, Page> build) {}
