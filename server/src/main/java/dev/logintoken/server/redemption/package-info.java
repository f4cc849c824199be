/** Records which login tokens were redeemed: the tables redeemed_login_token and redemption_watermark. */
@NullMarked
package dev.logintoken.server.redemption;

import org.jspecify.annotations.NullMarked;
