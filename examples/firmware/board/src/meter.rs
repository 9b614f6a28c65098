//! What a run costs: instructions and stack. Both are exact, and the same in every run.

use core::arch::asm;
use core::hint::black_box;

use cortex_m::peripheral::syst::SystClkSource;
use cortex_m::peripheral::{Peripherals, SYST};

use crate::{exit, print, print_number};

/// Instructions in a tick of SysTick: with `-icount shift=0` one takes a nanosecond, and the board's clock has 25 MHz.
const INSTRUCTIONS_PER_TICK: u32 = 40;
/// The counter counts down from here.
const TOP: u32 = 0x00ff_ffff;

/// What the unused stack is filled with.
const PAINT: u32 = 0xa5a5_5a5a;
/// Words below the stack pointer that the painter itself may be using.
const MARGIN: usize = 32;

/// Runs `run` on a painted stack, prints what it cost, and ends the emulation.
pub fn measure(run: fn() -> bool) -> ! {
    start_counter();
    let run = black_box(run);
    let bottom = bottom_of_stack();
    let top = stack_pointer();
    paint(bottom, top);
    let before = SYST::get_current();
    let good = run();
    let after = SYST::get_current();
    let stack = top - lowest_used(bottom, top);

    print("instructions ");
    print_number((before - after) * INSTRUCTIONS_PER_TICK);
    print("\nstack ");
    print_number(u32::try_from(stack).unwrap_or(u32::MAX));
    print("\n");
    exit(good)
}

fn start_counter() {
    // SAFETY: nothing else in the firmware uses a peripheral.
    let mut syst = unsafe { Peripherals::steal() }.SYST;
    syst.set_clock_source(SystClkSource::Core);
    syst.set_reload(TOP);
    syst.clear_current();
    syst.enable_counter();
    // It is loaded with the next tick.
    while SYST::get_current() == 0 {}
}

fn stack_pointer() -> usize {
    let pointer: usize;
    // SAFETY: it only reads a register.
    unsafe { asm!("mov {}, sp", out(reg) pointer, options(nomem, nostack, preserves_flags)) };
    pointer
}

/// The first address behind all statics, where the linker script puts the end of the stack.
fn bottom_of_stack() -> usize {
    unsafe extern "C" {
        static __sheap: u32;
    }
    (&raw const __sheap).addr()
}

#[inline(never)]
fn paint(bottom: usize, top: usize) {
    let mut address = bottom;
    while address < top - MARGIN * size_of::<u32>() {
        // SAFETY: between the statics and the frames in use, with a margin for the frame of this function.
        unsafe { core::ptr::with_exposed_provenance_mut::<u32>(address).write_volatile(PAINT) };
        address += size_of::<u32>();
    }
}

#[inline(never)]
fn lowest_used(bottom: usize, top: usize) -> usize {
    let mut address = bottom;
    // SAFETY: as in `paint`.
    while address < top
        && unsafe { core::ptr::with_exposed_provenance::<u32>(address).read_volatile() } == PAINT
    {
        address += size_of::<u32>();
    }
    address
}
