//! The boards that the firmware runs on, all of them emulated by QEMU: a Cortex-M4, a Cortex-M0 and a RISC-V core.
//!
//! Output goes through semihosting as raw bytes: `core::fmt` costs more flash than a verified token does.

#![no_std]

use core::panic::PanicInfo;

use semihosting::io::{self, Write as _};
use semihosting::process;

#[cfg(target_arch = "arm")]
pub mod meter;

#[doc(hidden)]
#[cfg(target_arch = "arm")]
pub use cortex_m_rt;
#[doc(hidden)]
#[cfg(target_arch = "riscv32")]
pub use riscv_rt;

/// Makes a function `fn() -> bool` the program of the firmware: the exit status says what it returned.
#[macro_export]
macro_rules! program {
    ($run:path) => {
        #[cfg(target_arch = "arm")]
        #[$crate::cortex_m_rt::entry]
        fn start() -> ! {
            $crate::exit($run())
        }

        #[cfg(target_arch = "riscv32")]
        #[$crate::riscv_rt::entry]
        fn start() -> ! {
            $crate::exit($run())
        }

        // Where there is no board, there is nothing to start.
        #[cfg(not(any(target_arch = "arm", target_arch = "riscv32")))]
        const _: fn() -> bool = $run;
    };
}

/// Prints a text.
pub fn print(text: &str) {
    // Nobody is left to tell if that fails; the missing output says it.
    let _ = io::stdout().and_then(|mut out| out.write_all(text.as_bytes()));
}

/// Prints texts one behind the other, and ends the line.
pub fn print_line(texts: &[&str]) {
    for text in texts {
        print(text);
    }
    print("\n");
}

/// Prints a number in decimal.
pub fn print_number(number: u32) {
    let mut digits = [b'0'; 10];
    let mut rest = number;
    let mut first = digits.len() - 1;
    for (at, digit) in digits.iter_mut().enumerate().rev() {
        *digit = b'0' + u8::try_from(rest % 10).unwrap_or(0);
        if rest != 0 {
            first = at;
        }
        rest /= 10;
    }
    let shown = digits.get(first..).unwrap_or_default();
    print(core::str::from_utf8(shown).unwrap_or_default());
}

/// Ends the emulation with status 0 or 1.
pub fn exit(good: bool) -> ! {
    process::exit(i32::from(!good))
}

/// Nothing unwinds, and the message would cost `core::fmt`.
#[cfg(target_os = "none")]
#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    print("panicked\n");
    if let (true, Some(place)) = (cfg!(feature = "locations"), info.location()) {
        print(place.file());
        print_number(place.line());
        print_number(place.column());
    }
    exit(false)
}
