/* What runs before main on a Cortex-M4: the vector table, the memory, the floating-point unit. */
#include <stdint.h>
#include <string.h>

extern uint32_t stack_top, data_start, data_end, data_source, bss_start, bss_end;

int main(void);
void semihosting_exit(int status);

void reset(void)
{
    /* CPACR: the library is built for the hard-float ABI. */
    *(volatile uint32_t *)0xe000ed88 |= 0xfu << 20;
    __asm volatile("dsb\nisb");
    memcpy(&data_start, &data_source, (size_t)((uint8_t *)&data_end - (uint8_t *)&data_start));
    memset(&bss_start, 0, (size_t)((uint8_t *)&bss_end - (uint8_t *)&bss_start));
    semihosting_exit(main());
}

static void fault(void)
{
    semihosting_exit(2);
}

/* The library calls this when it finds itself broken. A device would reset. */
void jwt_on_panic(void)
{
    semihosting_exit(3);
}

__attribute__((section(".vectors"), used)) static const void *const vectors[16] = {
    &stack_top, (void *)reset, (void *)fault, (void *)fault, (void *)fault, (void *)fault, (void *)fault,
};
